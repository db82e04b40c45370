/*
 * A message by DATA or BDAT, through the whole session and into its file: what the
 * program would get is what a slow reading of the RFCs has, whatever the cuts.
 */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/types.h>

#include "lib/packet.h"
#include "smtp/session.h"

enum { MOST = 8192, CHUNKS = 8, SPACE = 2 * MOST + 1024 };

/* What a case is made of, in its first bytes. */
enum { BY_BDAT = 1, TO_CRLF = 2, LATCHED = 4, NO_BARE = 8, LIMITED = 16 };

struct text {
	char s[SPACE];
	size_t n;
	uint64_t octets;
	int bare;
	int comes; /* there is an end, and nothing refuses it */
};

static struct {
	struct session s;
	struct text dialogue; /* what is read */
	size_t at;            /* so far */
	uint32_t cut;         /* how the reads part it; 0: not at all */
	int spool;
	int null;
	struct monitor_message message;
	struct text got;
} now;

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

/* In place of the monitor: a yes to the recipient and a file wait, then it is gone. */
static void
put_answers(int fd)
{
	struct monitor_message *m = &now.message;

	monitor_begin(m, MONITOR_RECIPIENT, RECIPIENT_OK);
	if (!packet_send(fd, m, -1)) abort();
	if (ftruncate(now.spool, 0) == -1 || lseek(now.spool, 0, SEEK_SET) == -1) abort();
	monitor_begin(m, MONITOR_SPOOL, 0);
	monitor_add(m, "1-2-3", NULL);
	if (!packet_send(fd, m, now.spool) || shutdown(fd, SHUT_WR) == -1) abort();
}

static void
take_arrival(struct monitor_message const *msg)
{
	static char file[SPACE + 4096];
	ssize_t n = pread(now.spool, file, sizeof file, 0);
	char const *body;
	size_t i;

	if (n <= 0 || strncmp(file, "Received: ", 10) != 0) abort();
	/* Our field ends with its zone. */
	body = memmem(file, (size_t)n, " +0000", 6);
	if (!body) abort();
	body += strcspn(body, "\n") + 1;
	now.got.n = (size_t)(file + n - body);
	memcpy(now.got.s, body, now.got.n);
	now.got.octets = now.s.intake.octets;
	now.got.comes = 1;
	for (i = 0; i < msg->len; i += strlen(msg->text + i) + 1)
		if (strcmp(msg->text + i, "SMTPBARELF=1") == 0) now.got.bare = 1;
}

/* What the talker asked, and then whether a message was to be handed over. */
static void
take_questions(int fd)
{
	int passed;

	while (packet_receive(fd, &now.message, &passed) == 1)
		if (now.message.kind == MONITOR_ARRIVAL) take_arrival(&now.message);
}

/* In place of the connection, which is always readable: /dev/null. */
ssize_t
fd_read(int fd, char *s, size_t n)
{
	size_t left = now.dialogue.n - now.at;

	(void)fd;
	if (n > left) n = left;
	if (now.cut == 1) n = n != 0;
	if (now.cut > 1 && n) {
		now.cut = now.cut * 1103515245 + 12345;
		n = 1 + (now.cut >> 16) % 40 % n;
	}
	memcpy(s, now.dialogue.s + now.at, n);
	now.at += n;
	return (ssize_t)n;
}

static ssize_t
read_piece(int fd, struct iovec const *v, unsigned int count)
{
	(void)count;
	return fd_read(fd, v[0].iov_base, v[0].iov_len);
}

static void
put(struct text *t, char const *s, size_t n)
{
	memcpy(t->s + t->n, s, n);
	t->n += n;
}

static int
is(struct text const *t, size_t i, char const *s)
{
	size_t n = strlen(s);

	return n <= t->n - i && memcmp(t->s + i, s, n) == 0;
}

/*
 * The reference: byte after byte, looking ahead. raw is what is sent behind DATA, or
 * all chunks; eol ends its lines.
 */
static void
refer(struct text *want, struct text const *raw, unsigned int kind, char const *eol)
{
	int bol = !(kind & BY_BDAT);
	size_t e = strlen(eol);
	size_t i = 0;

	want->n = want->octets = 0;
	want->bare = 0;
	while (i < raw->n && !(bol && raw->s[i] == '.' && is(raw, i + 1, eol))) {
		int end = is(raw, i, eol);

		if (bol && raw->s[i] == '.' && !(kind & BY_BDAT)) {
			bol = 0;
			i++;
			continue;
		}
		if (!end)
			put(want, raw->s + i, 1);
		else
			put(want, kind & TO_CRLF ? "\r\n" : "\n", kind & TO_CRLF ? 2 : 1);
		if (!end && (raw->s[i] == '\r' || raw->s[i] == '\n')) want->bare = 1;
		bol = end && !(kind & BY_BDAT);
		want->octets += end ? e : 1;
		i += end ? e : 1;
	}
	want->comes = kind & BY_BDAT || i < raw->n;
	if (kind & LATCHED) {
		if (memchr(raw->s, '\r', want->comes ? i : raw->n) || i + 2 != raw->n)
			want->comes = 0;
		want->bare = 0;
	}
	if (kind & BY_BDAT && !(kind & TO_CRLF) && want->n && want->s[want->n - 1] != '\n')
		put(want, "\n", 1);
}

/* The dialogue of a case up to its message, and the message. */
static void
compose(struct text const *raw, unsigned int kind, uint8_t const *sizes)
{
	static char const *const lines[] = { "EHLO c", "MAIL FROM:<>", "RCPT TO:<a@b>", "DATA" };
	struct text *d = &now.dialogue;
	size_t at = 0;
	size_t i;

	d->n = 0;
	for (i = 0; i < (kind & BY_BDAT ? 3 : 4); i++) {
		put(d, lines[i], strlen(lines[i]));
		put(d, kind & LATCHED ? "\n" : "\r\n", kind & LATCHED ? 1 : 2);
	}
	if (!(kind & BY_BDAT)) put(d, raw->s, raw->n);
	for (i = 0; kind & BY_BDAT && i < CHUNKS; i++) {
		size_t n = i == CHUNKS - 1 || sizes[i] > raw->n - at ? raw->n - at : sizes[i];
		char fmt[UINT64_FMT];

		put(d, "BDAT ", 5);
		put(d, fmt, uint64_fmt(fmt, n));
		put(d, i == CHUNKS - 1 ? " LAST\r\n" : "\r\n", i == CHUNKS - 1 ? 7 : 2);
		put(d, raw->s + at, n);
		at += n;
	}
}

static void
converse(unsigned int kind, uint64_t limit, uint32_t cut)
{
	struct session *s = &now.s;
	char why[POLICY_WHY];
	char const *bad;
	size_t n;
	int p[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, p) == -1) abort();
	put_answers(p[1]);
	memset(s, 0, offsetof(struct session, linespace));
	now.at = 0;
	now.cut = cut;
	now.got.n = now.got.octets = 0;
	now.got.bare = now.got.comes = 0;
	if (!policy_read(smtp_policies, s->policy, why)
	    || !extensions_read(&s->extensions, NULL, &bad, &n))
		abort();
	s->policy[SMTP_LOG].number = 0;
	s->policy[SMTP_EOL].number = (kind & TO_CRLF) != 0;
	s->policy[SMTP_LATCH].number = (kind & LATCHED) != 0;
	s->policy[SMTP_BARE].number = (kind & NO_BARE) != 0;
	s->policy[DATABYTES].number = limit;
	s->name = "x";
	buffer_init(&s->in, &read_piece, 0, s->inspace, sizeof s->inspace);
	buffer_init(&s->out, &buffer_write, now.null, s->outspace, sizeof s->outspace);
	s->line.s = s->linespace;
	s->line.max = sizeof s->linespace;
	s->intake.fd = s->held.spool = -1;
	s->monitor.fd = p[0];
	/* What follows the message is not of interest: the first error ends it. */
	s->errors = ERRORS_MAX;
	session_converse(s);
	close(p[0]);
	take_questions(p[1]);
	close(p[1]);
}

static void
check(struct text const *want)
{
	struct text const *got = &now.got;

	if (got->comes != want->comes) abort();
	if (!got->comes) return;
	if (got->n != want->n || memcmp(got->s, want->s, got->n) != 0) abort();
	if (got->octets != want->octets || got->bare != want->bare) abort();
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	static struct text raw;
	static struct text want;
	uint32_t cuts[] = { 0, 1, 2, 3, 4, 5 };
	uint64_t limit;
	unsigned int kind;
	size_t i;

	if (n < 4 + CHUNKS || n > MOST) return 0;
	if (!now.spool) {
		now.spool = memfd_create("spool", MFD_CLOEXEC);
		now.null = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (now.spool == -1 || dup2(now.null, 0) == -1) abort();
	}
	kind = bytes[0];
	if (kind & BY_BDAT) kind &= ~(unsigned int)LATCHED;
	limit = kind & LIMITED ? 1U + bytes[1] : 0;
	cuts[5] = 2U + bytes[2] * 256U + bytes[3];
	raw.n = 0;
	put(&raw, (char const *)bytes + 4 + CHUNKS, n - 4 - CHUNKS);
	if (!(kind & BY_BDAT))
		put(&raw, kind & LATCHED ? "\n.\n" : "\r\n.\r\n", kind & LATCHED ? 3 : 5);
	refer(&want, &raw, kind, kind & LATCHED ? "\n" : "\r\n");
	if (limit && want.octets > limit) want.comes = 0;
	if (kind & NO_BARE && !(kind & BY_BDAT) && want.bare) want.comes = 0;
	compose(&raw, kind, bytes + 4);
	for (i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		converse(kind, limit, cuts[i]);
		check(&want);
	}
	return 0;
}
