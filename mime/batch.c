/* One message, or one after another. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/buffer.h>
#include <skalibs/skamisc.h>
#include <skalibs/strerr.h>

#include "mime/batch.h"
#include "mime/cpuenv.h"
#include "mime/warning.h"

/* A pipe holds no more than this; a file is read in larger pieces. */
#define PIPE_BLOCK 65536
#define FILE_BLOCK 131072
#define SMALL 16384    /* bytes of a message that are read before */
#define FILE_NAME 4096 /* what open(2) takes, with its 0; its line has one byte more */
#define PAGE 4096

struct batch {
	struct mime_sum sum;
	char hex[MIME_SUM_HEX + 1];
	char name[FILE_NAME + 1];
};

static struct batch b;

/*
 * The parser and its arena, which has room for the deepest nesting that can be asked for,
 * and what is read.
 */
/* NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): untouched pages are no memory */
struct place {
	struct mime_parser parser;
	_Alignas(64) char arena[(1 << 20) - 3 * PAGE];
	_Alignas(PAGE) char input[FILE_BLOCK];
};

_Static_assert(sizeof(struct place) + PAGE <= MIME_WORK, "no room for it at a page");

/*
 * They begin with a page, on which is what of the arena is used first: each page costs a
 * small message as much as a read. Not by _Alignas where they are: then all that is 0 at
 * the start would begin with a page too, not with the rest of one that is there in any case.
 */
static struct place *
place(struct mime_unpack *u)
{
	return (struct place *)(void *)(u->work + (-(uintptr_t)u->work & (PAGE - 1)));
}

/* What is not 0. Not by initialiser: that would put all of it into the executable. */
static void
begin(struct mime_unpack *u)
{
	u->level = -1;
	u->now = u->leaves;
	u->leaves[0].saving = u->savings;
	u->leaves[1].saving = u->savings + 1;
	if (u->action->unfinished) u->savings[0].file.fd = u->savings[1].file.fd = -1;
}

/* Forget another message. */
static void
reset(struct mime_unpack *u)
{
	u->leaves[0].wanted = u->leaves[0].skipped = 0;
	u->leaves[1].wanted = u->leaves[1].skipped = 0;
	u->late = u->full = 0;
	u->made = u->matched = u->fed = u->given = 0;
	u->warned = 0;
	u->raw.on = 0;
	u->program_failed = 0;
	u->readable.stage = MIME_READABLE_NONE;
	u->readable.alternative = 0;
	u->signature.stage = MIME_SIGNED_NONE;
	u->envelope.begun = u->envelope.entered = 0;
	u->envelope.message.n = u->envelope.sent.n = 0;
}

static void
prepare(struct mime_unpack *u, struct place *at)
{
	struct mime_parser *p = &at->parser;
	struct mime_limits limits = { .depth = (unsigned int)u->limits[MIME_X_DEPTH],
		.parts = (unsigned int)u->limits[MIME_X_PARTS],
		.params = (unsigned int)u->limits[MIME_X_PARAMS],
		.header = u->limits[MIME_X_HEADER],
		.field = (size_t)u->limits[MIME_X_FIELD] };
	/* What the machine can do is asked for once. */
	enum mime_cpu cpu = u->messages++ ? p->cpu : mime_cpu_env();

	if (!mime_parser_init(p, &limits, at->arena, sizeof at->arena, &mime_unpack_event, u))
		strerr_dief(100, "limits out of range");
	p->eol = u->eol;
	p->epilogues = u->epilogues;
	p->uuencoded = u->uuencoded;
	p->unwanted = mime_unpack_unwanted(u);
	p->cpu = cpu;
}

/* Returns 0 with errno set if it cannot be read. */
static int
feed(struct mime_unpack *u, struct place *at, int fd)
{
	struct stat st;
	int regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	size_t block = regular ? FILE_BLOCK : PIPE_BLOCK;
	/* Of a list nobody knows how long it is. */
	uint64_t total = regular && !u->batch ? (uint64_t)st.st_size : 0;

	for (;;) {
		/* A small file is read page by page into the same one. */
		ssize_t r = fd_read(fd, at->input, regular && u->fed < SMALL ? PAGE : block);

		if (r == -1) return 0;
		if (r == 0) break;
		u->fed += (uint64_t)r;
		u->read += (uint64_t)r;
		/* The first piece is there at once. */
		if (u->read > SMALL) mime_progress_show(&u->progress, u->read, total);
		if (u->limits[MIME_X_SUM]) mime_sum_add(&b.sum, at->input, (size_t)r);
		if (!mime_parser_feed(&at->parser, at->input, (size_t)r)) return 1;
	}
	mime_parser_end(&at->parser);
	return 1;
}

/* What has not come to its end. */
static void
discard(struct mime_unpack *u)
{
	int e = errno;

	if (!u->action->unfinished) return;
	mime_savefile_discard(u);
	mime_program_discard(u);
	errno = e;
}

static void
die(struct mime_unpack *u, int error, char const *what)
{
	discard(u);
	mime_progress_end(&u->progress);
	errno = error;
	strerr_diefusys(111, what);
}

static void
put_last(struct mime_unpack *u, int status, uint64_t bytes, char const *sum)
{
	struct mime_last last = { status, bytes, sum };

	if (u->action->last && !u->action->last(&u->out, &u->form, &last))
		strerr_diefusys(111, "write to standard output");
}

int
mime_batch_one(struct mime_unpack *u, int fd)
{
	struct place *at = place(u);
	int status;

	begin(u);
	/* Of the first one that would only bring in pages that are not used. */
	if (u->messages) reset(u);
	prepare(u, at);
	if (u->limits[MIME_X_SUM]) mime_sum_begin(&b.sum);
	if (!feed(u, at, fd)) {
		if (!u->form.message) die(u, errno, "read the message");
		discard(u);
		return -1;
	}
	if (u->error) die(u, u->error, u->failed);
	mime_warning_rest(u);
	status = mime_unpack_status(u);
	if (u->limits[MIME_X_SUM]) mime_sum_hex(&b.sum, b.hex, MIME_SUM_HEX);
	put_last(u, status, u->fed, u->limits[MIME_X_SUM] ? b.hex : NULL);
	return status;
}

static int
named(struct mime_unpack *u)
{
	int fd = open(b.name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int status;

	if (fd == -1) {
		mime_warning_file(u, "unable to open it");
		return 111;
	}
	if (u->action == &mime_action_list
	    && !(mime_record_text(&u->out, b.name, strlen(b.name), 0)
	        && mime_sink_puts(&u->out, ":\n")))
		strerr_diefusys(111, "write to standard output");
	status = mime_batch_one(u, fd);
	if (status == -1) mime_warning_file(u, "unable to read it");
	close(fd);
	return status == -1 ? 111 : status;
}

/* Part of a line that does not fit in n bytes, which getlnmax fills up. */
static int
next_piece(char *s, size_t n, char end)
{
	size_t filled = 0;
	int r = getlnmax(buffer_0, s, n, &filled, end);

	if (r == -1 && errno != ERANGE) strerr_diefusys(111, "read the list of messages");
	return r == -1 && s[n - 1] != end;
}

/* The next name; 1, 0 at the end, or -1 with errno if it is too long, and was skipped. */
static int
next_name(char end)
{
	char rest[256];
	size_t n = 0;
	int r = getlnmax(buffer_0, b.name, sizeof b.name, &n, end);

	if (r == -1 && errno != ERANGE) strerr_diefusys(111, "read the list of messages");
	if (r != -1) {
		if (r == 1) n--;
		b.name[n] = 0;
		return r == 1 || n > 0;
	}
	/* A full line may have its end with it: then the next one is another name. */
	if (b.name[n - 1] != end)
		while (next_piece(rest, sizeof rest, end)) {
		}
	b.name[n - 1] = 0;
	errno = ENAMETOOLONG;
	return -1;
}

int
mime_batch(struct mime_unpack *u)
{
	uint64_t total = 0;
	int highest = 0;
	int r;

	while ((r = next_name(u->form.end)) != 0) {
		int status = 111;

		if (r == 1 && b.name[0] == 0) continue;
		u->form.message = b.name;
		if (r == -1)
			mime_warning_file(u, "unable to open it");
		else
			status = named(u);
		if (status > highest) highest = status;
		total += u->fed;
		u->fed = 0;
	}
	u->form.message = "-";
	u->form.all = 1;
	put_last(u, highest, total, NULL);
	return highest;
}
