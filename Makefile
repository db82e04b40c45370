# Programs are listed, modules are found: a .c file that is not a program is a
# module, and every program is linked against the archive of all modules.
PROGRAMS = \
	src/ftp/ftp-session \
	src/smtp/smtp-session \
	src/maildir/maildir-deliver \
	mime/mime-pack \
	mime/mime-unpack

LIBC   ?= glibc
B      ?= .build/$(LIBC)
BIN    ?= bin
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local

HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wundef -Wvla -Wformat=2 -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wcast-qual -Wpointer-arith \
	-Wswitch-enum -Wconversion -Wsign-conversion -Wnull-dereference -Wimplicit-fallthrough
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc -I. -I$(B) -MMD -MP -ffunction-sections \
	$(HARDEN) $(WARN) $(CFLAGS)
LDFLAGS ?= -static
ALL_LDFLAGS = $(LDFLAGS) -Wl,--gc-sections
LDLIBS ?= -lskarnet

BINS     := $(addprefix $(BIN)/,$(notdir $(PROGRAMS)))
BUILDERS := src/lib/confine-bpf
MODULES  := $(filter-out $(PROGRAMS:=.c) $(BUILDERS:=.c),$(wildcard src/*/*.c mime/*.c))
LIB      := $(B)/modules.a

all: $(BINS)

define program
$(BIN)/$(notdir $(1)): $(B)/$(1).o $(LIB)
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) $$(ALL_LDFLAGS) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach p,$(PROGRAMS),$(eval $(call program,$(p))))

# q, not r: two folders may each have a data.o
$(LIB): $(MODULES:%.c=$(B)/%.o)
	rm -f $@
	$(AR) qcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The seccomp filters are computed here, once, and linked in as arrays.
$(B)/confine-bpf: src/lib/confine-bpf.c
	@mkdir -p $(@D)
	cc -std=c11 -D_GNU_SOURCE -o $@ $< -lseccomp
$(B)/confine_filters.h: $(B)/confine-bpf
	$< >$@.new && mv $@.new $@
$(B)/src/lib/confine.o: $(B)/confine_filters.h

check: all
	BIN=$(abspath $(BIN)) t/run

clean:
	rm -rf .build $(BINS)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
.PHONY: all check clean

# Test builds whose NOOP tries what a talker must not do: t/probe.
$(B)/probe/%-session: src/%/*.c $(B)/t/probe/probe.o $(B)/t/probe/smtp.o $(B)/t/probe/ftp.o $(LIB)
	@mkdir -p $(@D)
	$(MAKE) $(B)/src/$*/$*-session.o
	$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=$*_noop -o $@ $(B)/src/$*/$*-session.o \
		$(B)/t/probe/$*.o $(B)/t/probe/probe.o $(LIB) $(LDLIBS)
