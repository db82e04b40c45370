# make            build the programs into bin/
# make run        install what is missing, build, serve FTP and SMTP from ./var
# make check      install what is missing, build, run the tests (FILE=t/x.bats: one)
# make check-asan the same tests against the sanitizer build
# make lint       every static check
# also            deps headers bench interop fuzz-NAME install clean distclean; V=1 shows commands

# Programs are listed, modules are found: a .c file that is not a program is a
# module, and every program is linked against the archive of all modules.
PROGRAMS = \
	src/ftp/ftp-session \
	src/smtp/smtp-session \
	src/smtp/smtp-send \
	src/maildir/maildir-check \
	src/maildir/maildir-deliver \
	src/maildir/maildir-make \
	src/maildir/maildir-sweep \
	$(LOGINS) \
	src/tls/tls-session \
	$(TLS_IO) \
	mime/mime-header \
	mime/mime-pack \
	mime/mime-unpack

# Debian's libcrypt.a is for glibc: what checks hashes is linked with that, always.
LOGINS = src/login/login-check src/login/login-add

# OpenSSL is Debian's shared one: what mends it reaches tls-io without a build.
TLS_IO    = src/tls/tls-io
TLS_PARTS := $(shell grep -l '<tls.h>' src/tls/*.c)

# The C library: PREFER, where `make deps` could build skalibs for it, else glibc.
PREFER ?= musl
LIBC   ?= $(if $(wildcard $(MUSL_SKALIBS)/lib/libskarnet.a),$(PREFER),glibc)
B      ?= .build/$(LIBC)
BIN    ?= bin
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local

HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wundef -Wvla -Wformat=2 -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wcast-qual -Wpointer-arith \
	-Wswitch-enum -Wconversion -Wsign-conversion -Wnull-dereference -Wimplicit-fallthrough
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc -I. -I$(B) -MMD -MP -ffunction-sections \
	$(HARDEN) $(WARN) $(LIBC_CFLAGS) $(CFLAGS)
LDFLAGS ?= $(STATIC_PIE)
ALL_LDFLAGS = $(LDFLAGS) $(LIBC_LDFLAGS) -Wl,--gc-sections,-z,relro,-z,now
LDLIBS ?= -lskarnet -lmd -lz
Q = $(if $(V),,@echo '  $@'; )

# skalibs, libmd and zlib for musl, made by .ci/musl; MUSL_SKALIBS=dir names another place.
# musl-gcc knows -static but not -static-pie: spelled out, it costs 4 KiB a process.
MUSL_SKALIBS ?= .build/skalibs
MUSL_LIBS = $(addprefix $(MUSL_SKALIBS)/lib/,libskarnet.a libmd.a libz.a)
ifeq ($(LIBC),musl)
CC = musl-gcc
MUSL_CRT := /usr/lib/$(subst gnu,musl,$(shell gcc -print-multiarch 2>/dev/null))
STATIC_PIE = -static -nostartfiles -Wl,-pie,--no-dynamic-linker,-z,text \
	$(addprefix $(MUSL_CRT)/,rcrt1.o crti.o crtn.o) $(MUSL_FIRST)
# What it touches at every start and end lies together so, next to what is ours.
MUSL_FIRST = -Wl,-u,__stack_chk_fail,-u,__stdio_exit_needed -lc
LIBC_CFLAGS = -isystem $(MUSL_SKALIBS)/include -idirafter $(MUSL_SKALIBS)/kernel
LIBC_LDFLAGS = -L$(MUSL_SKALIBS)/lib
SKALIBS = $(MUSL_LIBS)
else
STATIC_PIE = -static-pie
endif

BINS     := $(addprefix $(BIN)/,$(notdir $(PROGRAMS)))
BUILDERS := src/lib/confine-bpf
MODULES  := $(filter-out $(PROGRAMS:=.c) $(BUILDERS:=.c) src/login/% $(TLS_PARTS),$(wildcard src/*/*.c mime/*.c))
LIB      := $(B)/modules.a
HEADERS  := $(wildcard src/*/*.h mime/*.h)
PAGES    := $(filter-out $(BUILDERS:=.1),$(wildcard src/*/*.[1-8] mime/*.[1-8]))
SOURCES  := $(filter-out $(BUILDERS:=.c),$(wildcard src/*/*.c mime/*.c t/fuzz/*.c t/probe/*.c))

all: $(BINS)
objects: $(SOURCES:%.c=$(B)/%.o)

define program
$(BIN)/$(notdir $(1)): $(B)/$(1).o $(LIB) $(BIN)/.made-by
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CFLAGS) $$(ALL_LDFLAGS) -o $$@ $(B)/$(1).o $$(WITH) $$(LIB) $$(LDLIBS)
endef
$(foreach p,$(filter-out $(LOGINS) $(TLS_IO),$(PROGRAMS)),$(eval $(call program,$(p))))

LOGIN_OBJECTS := $(patsubst %.c,$(B)/%.o,$(filter-out $(LOGINS:=.c),$(wildcard src/login/*.c)))
LOGIN_BINS    := $(addprefix $(BIN)/,$(notdir $(LOGINS)))
$(LOGIN_BINS): $(BIN)/%: $(B)/src/login/%.o $(LOGIN_OBJECTS) $(BIN)/.made-by
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(LDLIBS) -lcrypt

# Its modules of src/lib and src/tls are compiled once more, for that C library.
TLS_OBJECTS := $(patsubst %.c,$(B)/io/%.o,$(filter-out $(BUILDERS:=.c) src/tls/tls-session.c, \
	$(wildcard src/lib/*.c src/tls/*.c)))
$(BIN)/tls-io: $(B)/io/modules.a $(BIN)/.made-by
	@mkdir -p $(@D)
	$(Q)gcc $(CFLAGS) -pie -Wl,--gc-sections,-z,relro,-z,now -o $@ $(B)/io/src/tls/tls-io.o $(B)/io/src/tls/ticket.o $(WITH) $< \
		-l:libskarnet.a -Wl,--wrap=SSL_CTX_callback_ctrl -l:libtls.a -lssl -lcrypto
$(B)/io/modules.a: $(TLS_OBJECTS)
	@rm -f $@
	$(Q)$(AR) qcs $@ $^
$(B)/io/%.o: %.c $(B)/.made-by
	@mkdir -p $(@D)
	$(Q)gcc $(filter-out $(LIBC_CFLAGS),$(ALL_CFLAGS)) -c -o $@ $<
$(B)/io/src/lib/confine.o: $(B)/confine_filters.h

ifeq ($(LIBC),musl)
TLS_BUILT = $(TLS_PARTS:%.c=$(B)/%.o) $(TLS_PARTS:%.c=$(B)/%.tidy) $(B)/src/tls/ticket.h.alone
$(TLS_BUILT): private CC = gcc
$(TLS_BUILT): private LIBC_CFLAGS =
$(LOGIN_BINS) $(B)/src/login/%.o $(B)/src/login/%.tidy: private CC = gcc
$(LOGIN_BINS) $(B)/src/login/%.o $(B)/src/login/%.tidy: private LIBC_CFLAGS =
$(LOGIN_BINS): private LIBC_LDFLAGS =
$(LOGIN_BINS): private STATIC_PIE = -static-pie
endif

# Test builds whose NOOP tries what a talker must not do: t/probe.
PROBES = $(B)/probe/smtp-session $(B)/probe/ftp-session $(B)/probe/old-ftp-session $(B)/probe/hasty-smtp-session \
	$(B)/probe/fast-smtp-session $(B)/probe/leaseless-smtp-session $(B)/probe/dot-same $(B)/probe/codec-same \
	$(B)/probe/smtp-send $(B)/probe/mime-value $(B)/probe/mime-events \
	$(B)/probe/mime-unpack $(B)/probe/mime-pack $(B)/probe/maildir-check \
	$(B)/probe/maildir-deliver $(B)/probe/maildir-sweep $(B)/probe/tls
define probe
$(B)/probe/$(1)-session: $(B)/src/$(1)/$(1)-session.o $(B)/t/probe/$(1).o $(B)/t/probe/probe.o $(LIB)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CFLAGS) $$(ALL_LDFLAGS) -Wl,--wrap=$(1)_noop -o $$@ $$^ $$(LDLIBS)
endef
$(foreach p,smtp ftp,$(eval $(call probe,$(p))))
$(B)/probe/old-ftp-session: $(B)/src/ftp/ftp-session.o $(B)/t/probe/old.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=syscall,--wrap=splice -o $@ $^ $(LDLIBS)
$(B)/probe/smtp-send: $(B)/src/smtp/smtp-send.o $(B)/t/probe/send.o $(B)/t/probe/probe.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=offer_add -o $@ $^ $(LDLIBS)
$(B)/probe/maildir-check $(B)/probe/maildir-sweep: $(B)/probe/%: $(B)/src/maildir/%.o $(B)/t/probe/later.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=time -o $@ $^ $(LDLIBS)
$(B)/probe/maildir-deliver: $(B)/src/maildir/maildir-deliver.o $(B)/t/probe/deliver.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=fsync,--wrap=linkat -o $@ $^ $(LDLIBS)
$(B)/probe/codec-same: $(B)/t/probe/codec-same.o $(B)/t/probe/codecs.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)
$(B)/probe/mime-unpack $(B)/probe/mime-pack: $(B)/probe/%: $(B)/mime/%.o $(B)/t/probe/asked.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=mime_cpu_find -o $@ $^ $(LDLIBS)
$(B)/probe/hasty-smtp-session: $(B)/src/smtp/smtp-session.o $(B)/t/probe/hasty.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=session_delay -o $@ $^ $(LDLIBS)
$(B)/probe/fast-smtp-session: $(B)/src/smtp/smtp-session.o $(B)/t/probe/fast.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=tain_now_set_stopwatch -o $@ $^ $(LDLIBS)
$(B)/probe/leaseless-smtp-session: $(B)/src/smtp/smtp-session.o $(B)/t/probe/smtp.o $(B)/t/probe/probe.o $(B)/t/probe/leaseless.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -Wl,--wrap=smtp_noop,--wrap=seal_proven -o $@ $^ $(LDLIBS)
$(B)/probe/dot-same $(B)/probe/mime-value $(B)/probe/mime-events $(B)/probe/tls: $(B)/probe/%: $(B)/t/probe/%.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

$(BINS) $(PROBES): $(WITH)

# q, not r: two folders may each have a data.o
$(LIB): $(MODULES:%.c=$(B)/%.o)
	@rm -f $@
	$(Q)$(AR) qcs $@ $^

$(B)/%.o: %.c $(B)/.made-by | $(SKALIBS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Changed when the compiler or its flags are, so that nothing stale is kept.
$(B)/.made-by $(BIN)/.made-by: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LDLIBS)' | cmp -s - $@ \
		|| echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LDLIBS)' >$@

# The seccomp filters are computed here, once, and linked in as arrays. They run
# on this machine: CONFINE_VARIANT=asan widens them for the sanitizers' runtime.
$(B)/confine-bpf: src/lib/confine-bpf.c
	@mkdir -p $(@D)
	$(Q)cc -std=c11 -D_GNU_SOURCE $(WARN) -o $@ $< -lseccomp
$(B)/confine_filters.h: $(B)/confine-bpf
	$(Q)$< $(CONFINE_VARIANT) >$@.new && mv $@.new $@
$(B)/src/lib/confine.o: $(B)/confine_filters.h

# What the system must have, by Debian's names. Daemons that would start, and
# packages that exclude each other, are unpacked below .build instead.
DEPS_BUILD = gcc libc6-dev make skalibs-dev libmd-dev zlib1g-dev libcrypt-dev libseccomp-dev libtls-dev linux-libc-dev \
	$(if $(filter musl,$(WANTED)),musl-tools bzip2 xz-utils)
DEPS_RUN = bash ucspi-tcp curl openssl procps util-linux
DEPS_CHECK = bats bats-support bats-assert bats-file btrfs-progs busybox daemontools e2fsprogs execline gir1.2-gmime-3.0 git-email gpgv inetutils-ftp iproute2 lftp libauthen-sasl-perl libio-socket-inet6-perl libmailtools-perl libmime-tools-perl libnet-ssleay-perl libnss-wrapper \
	mandoc mblaze mpack ncftp netcat-openbsd nmap parallel perl python3 python3-aiosmtpd python3-gi runit s6 shellcheck strace swaks systemd tnftp wget xfsprogs
DEPS_LINT = clang clang-format clang-tidy cppcheck mandoc shellcheck
PEERS = .build/peers/usr/sbin/xinetd .build/peers6/usr/bin/tcpserver \
	.build/peers-login/bin/checkpassword.login .build/peers-mail/usr/bin/msmtp \
	.build/peers-postfix/usr/sbin/postfix .build/peers-servers/usr/sbin/exim4 \
	.build/peers-fail2ban/usr/bin/fail2ban-regex .build/peers-mime/usr/lib/python3/dist-packages/mailman \
	.build/peers-delivery/usr/bin/getmail .build/peers-tls/usr/bin/tlswrapper
FALL_BACK = $(if $(filter file,$(origin LIBC)),echo 'deps: no libraries for musl: building with glibc' >&2,false)
WANTED = $(if $(filter file,$(origin LIBC)),$(PREFER),$(LIBC))

deps: deps-build $(PEERS)
	@.ci/deps $(DEPS_RUN) $(DEPS_CHECK)
deps-build:
	@.ci/deps $(DEPS_BUILD)
	@$(if $(filter musl,$(WANTED)),$(MAKE) -s $(MUSL_LIBS) || $(FALL_BACK))
$(MUSL_LIBS) &:
	.ci/musl $(MUSL_SKALIBS)
.build/peers/usr/sbin/xinetd:
	@.ci/deps -x .build/peers openbsd-inetd xinetd
.build/peers6/usr/bin/tcpserver:
	@.ci/deps -x .build/peers6 ucspi-tcp-ipv6
.build/peers-login/bin/checkpassword.login:
	@.ci/deps -x .build/peers-login fgetty
.build/peers-mail/usr/bin/msmtp:
	@.ci/deps -x .build/peers-mail dma esmtp msmtp mutt nullmailer s-nail
.build/peers-postfix/usr/sbin/postfix:
	@.ci/deps -x .build/peers-postfix postfix
.build/peers-servers/usr/sbin/exim4:
	@.ci/deps -x .build/peers-servers exim4-daemon-light mailfront opensmtpd
.build/peers-fail2ban/usr/bin/fail2ban-regex:
	@.ci/deps -x .build/peers-fail2ban fail2ban
.build/peers-mime/usr/lib/python3/dist-packages/mailman:
	@.ci/deps -x .build/peers-mime golang-github-jhillyerd-enmime-dev libpython3.11-testsuite mailman3
.build/peers-tls/usr/bin/tlswrapper:
	@.ci/deps -x .build/peers-tls tlswrapper
.build/peers-delivery/usr/bin/getmail:
	@.ci/deps -x .build/peers-delivery dovecot-core dovecot-imapd fetchmail getmail6 procmail

# LIBC is settled once deps are there: hence the second make.
check: deps
	@$(MAKE) --no-print-directory check-built
check-built: all $(PROBES)
	@BIN=$(abspath $(BIN)) PROBE=$(abspath $(B))/probe PEERS=$(abspath .build/peers) t/run $(FILE)
SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
# LeakSanitizer clones a thread at exit, which a confined talker may not; nothing is freed anyway.
# Any report fails the run, wherever descriptor 2 went: t/probe/report.c.
check-asan: deps
	@mkdir -p .build/asan && rm -f .build/asan/reports && truncate -s 65536 .build/asan/reports \
		&& chmod 666 .build/asan/reports
	@SANITIZED=1 REPORTS=$(abspath .build/asan/reports) ASAN_OPTIONS=detect_leaks=0 \
		$(MAKE) --no-print-directory check-built LIBC=glibc B=.build/asan BIN=.build/asan/bin \
		WITH=.build/asan/t/probe/report.o CFLAGS='$(SANITIZE)' HARDEN= LDFLAGS= CONFINE_VARIANT=asan

run: deps-build
	@.ci/deps $(DEPS_RUN)
	@$(MAKE) --no-print-directory all
	@bin/guichet-try

# The peers are unpacked, not installed: they would start. Benches run without them too.
BENCH_PEERS = vsftpd pure-ftpd pure-ftpd-common proftpd-core proftpd-mod-crypto stunnel4 inetutils-ftpd mailfront libbg2 postfix \
	opensmtpd exim4-daemon-light exim4-base maildrop courier-authlib safecat procmail dovecot-core \
	ripmime libgmime-3.0-dev nmh uudeview
bench: all
	@[ -d .build/bench ] || .ci/deps -x .build/bench $(BENCH_PEERS) || echo "bench: without peers"
	@for f in t/bench/*.sh; do echo "== $$f"; PATH="$(abspath $(BIN)):$$PATH" bash "$$f" || exit; done

# Clients too large for every run of the tests: rclone, and by npm basic-ftp and nodemailer.
INTEROP = .build/interop/node_modules/basic-ftp .build/interop/node_modules/nodemailer
interop: all $(PEERS) $(INTEROP)
	@.ci/deps rclone
	@BIN=$(abspath $(BIN)) PEERS=$(abspath .build/peers) \
		t/run interop/rclone.bats interop/basic-ftp.bats interop/nodemailer.bats
$(INTEROP) &:
	@command -v npm >/dev/null || .ci/deps nodejs npm
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix .build/interop basic-ftp@6 nodemailer@6

# The seeds are t/data/fuzz/NAME, what was found since is kept below .build.
FUZZ_SECONDS ?= 60
fuzz-%:
	@.ci/deps $(DEPS_BUILD) clang
	@$(MAKE) --no-print-directory .build/fuzz/t/fuzz/$* LIBC=glibc B=.build/fuzz CC=clang HARDEN= \
		CFLAGS='$(SANITIZE) -fsanitize=fuzzer-no-link'
	@mkdir -p .build/fuzz/corpus/$*
	.build/fuzz/t/fuzz/$* -max_total_time=$(FUZZ_SECONDS) .build/fuzz/corpus/$* $(wildcard t/data/fuzz/$*)
.build/fuzz/t/fuzz/%: t/fuzz/%.c $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $< $(LIB) $(LDLIBS)

lint: deps-build
	@.ci/deps $(DEPS_LINT)
	@.ci/lint $(PROGRAMS)
headers: $(HEADERS:%=$(B)/%.alone)
$(B)/%.h.alone: %.h $(B)/.made-by
	@mkdir -p $(@D)
	$(Q)echo '#include "$<"' | $(CC) $(ALL_CFLAGS) -Werror -MF $@.d -MT $@ -fsyntax-only -x c - && touch $@
tidy: $(patsubst %.c,$(B)/%.tidy,$(filter-out t/probe/%,$(SOURCES)))
$(B)/%.tidy: $(B)/%.o .clang-tidy
	$(Q)clang-tidy --quiet $*.c -- $(filter-out -MMD -MP,$(ALL_CFLAGS)) >$@.log 2>&1 \
		&& touch $@ || { sed '/warnings* generated/d' $@.log; exit 1; }

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/guichet
	install -s -m 755 $(BINS) $(DESTDIR)$(PREFIX)/bin
	for p in $(PAGES); do \
		install -D -m 644 $$p $(DESTDIR)$(PREFIX)/share/man/man$${p##*.}/$${p##*/} || exit; done
	[ ! -d service ] || cp -R service $(DESTDIR)$(PREFIX)/share/guichet

# What was fetched stays until distclean.
clean:
	find .build -mindepth 1 -maxdepth 1 ! -name skalibs ! -name 'peers*' ! -name interop -exec rm -rf {} +
	rm -rf $(BINS) $(BIN)/.made-by
distclean: clean
	rm -rf .build

-include $(shell find $(B) -name '*.d' 2>/dev/null)
FORCE:
.PHONY: FORCE all objects deps deps-build check check-built check-asan run bench interop lint headers tidy \
	install clean distclean
