/*
 * codec-same kind: do the codecs, with the vectors that kind names (as MIME_CPU
 * does), give what the plain ones give, for every length up to LEN and every
 * cut in two? The input lies where a sanitizer sees a byte read beyond it.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mime/b64.h"
#include "mime/qp.h"
#include "mime/uu.h"

enum { LEN = 300, ROOM = 8 * LEN + 4096 };

struct result {
	uint64_t said[4]; /* codes and counts */
	size_t n;
	char s[ROOM];
};

/* Put n bytes, of which cut are the first piece, through a codec. */
typedef void codec(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r);

static unsigned long cuts;

static void
b64_decode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	static struct mime_b64 d;

	memset(&d, 0, sizeof d);
	d.cpu = cpu;
	r->n = mime_b64_decode(&d, in, cut, r->s);
	r->n += mime_b64_decode(&d, in + cut, n - cut, r->s + r->n);
	r->said[0] = (uint64_t)mime_b64_inside(&d);
	r->n += mime_b64_finish(&d, r->s + r->n);
	r->said[1] = d.codes;
	r->said[2] = d.chars;
	r->said[3] = d.junk;
}

static void
b64_encode_to(struct mime_b64_enc *e, char const *in, size_t n, size_t cut, struct result *r)
{
	r->n = mime_b64_encode(e, in, cut, r->s);
	r->n += mime_b64_encode(e, in + cut, n - cut, r->s + r->n);
	r->n += mime_b64_encode_end(e, r->s + r->n);
}

static void
b64_encode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_b64_enc e = { .cpu = cpu };

	b64_encode_to(&e, in, n, cut, r);
}

static void
b64_encode_crlf(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_b64_enc e = { .cpu = cpu, .crlf = 1 };

	b64_encode_to(&e, in, n, cut, r);
}

/* Which line ends the decoder of quoted-printable reads and writes: from compare's caller. */
static struct mime_qp qp_like;

static void
qp_decode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	static struct mime_qp d;

	d = qp_like;
	d.cpu = cpu;
	r->n = mime_qp_decode(&d, in, cut, r->s);
	r->n += mime_qp_decode(&d, in + cut, n - cut, r->s + r->n);
	r->n += mime_qp_finish(&d, r->s + r->n);
	r->said[0] = d.codes;
}

static void
qp_encode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_qp_enc e = { .cpu = cpu };

	r->n = mime_qp_encode(&e, in, cut, r->s);
	r->n += mime_qp_encode(&e, in + cut, n - cut, r->s + r->n);
	r->n += mime_qp_encode_end(&e, r->s + r->n);
	r->said[0] = e.column;
}

static void
uu_decode(char const *in, size_t n, size_t cut, enum mime_cpu *cpu, struct result *r)
{
	struct mime_uu d = { .end = '\n' };
	size_t used;

	(void)cpu;
	r->n = 0;
	used = mime_uu_decode(&d, in, cut, r->s, &r->n);
	if (used == cut) used += mime_uu_decode(&d, in + cut, n - cut, r->s, &r->n);
	if (d.state != MIME_UU_OVER && used != n) exit(101);
	r->n += mime_uu_finish(&d, r->s + r->n);
	r->said[0] = used;
	r->said[1] = d.junk;
	r->said[2] = d.state;
}

static int
equal(struct result const *a, struct result const *b)
{
	return a->n == b->n && memcmp(a->s, b->s, a->n) == 0
	    && memcmp(a->said, b->said, sizeof a->said) == 0;
}

/* The bytes of one codec's result, all cuts and the plain one the same. */
static void
compare(char const *name, codec *c, char const *in, size_t n, enum mime_cpu *cpu)
{
	static struct result want;
	static struct result got;
	char *exact = malloc(n + 1); /* unaligned on purpose */
	size_t cut;

	if (!exact) exit(111);
	memcpy(exact + 1, in, n);
	memset(&want, 0, sizeof want);
	memset(&got, 0, sizeof got);
	c(exact + 1, n, n, NULL, &want);
	for (cut = 0; cut <= n; cut++, cuts++) {
		c(exact + 1, n, cut, cpu, &got);
		if (equal(&want, &got)) continue;
		printf("%s differs: cut %zu of %zu bytes:\n", name, cut, n);
		fwrite(in, 1, n, stdout);
		exit(1);
	}
	free(exact);
}

/* Lines of width letters of the alphabet; one byte in thin, if that is not 0, is of noise. */
static void
letters(char *s, size_t n, size_t width, char const *eol, long thin, char const *noise)
{
	size_t ends = strlen(eol);
	size_t i;

	for (i = 0; i < n; i++) {
		size_t at = i % (width + ends);

		s[i] = at < width ? mime_b64_alphabet[random() & 63] : eol[at - width];
		if (thin && random() % thin == 0) s[i] = noise[(size_t)random() % strlen(noise)];
	}
}

static void
decoders(enum mime_cpu *cpu)
{
	static size_t const widths[] = { 76, 76, 64, 72, 60, 20, 16, 77, 5, 1000 };
	static char const *const noise[] = { "*", "=", "\n", "=\n \r-_", "\xff" };
	char in[LEN];
	size_t n;

	for (n = 0; n <= LEN; n++) {
		size_t width = widths[n % (sizeof widths / sizeof *widths)];
		char const *eol = n % 3 ? "\n" : "\r\n";
		size_t k;

		letters(in, n, width, eol, 0, "");
		compare("base64 decoder", &b64_decode, in, n, cpu);
		for (k = 0; k < sizeof noise / sizeof *noise; k++) {
			letters(in, n, width, eol, k % 2 ? 150 : 20, noise[k]);
			compare("base64 decoder", &b64_decode, in, n, cpu);
		}
	}
}

/* What a decoder must remember from one line to another. */
static void
shapes(enum mime_cpu *cpu)
{
	static char const *const shape[] = { "QUJDREVGR0hJSktMTU5P\n", "QUJDREVGR0hJSktM\n",
		"QUJDREVGR0hJSktM\r\n", "QUJDREVGR0hJSktMTU=QU\n", "\n", "=\n", "QU=\n", " \n",
		"QUJD", "QUJDREVGR0hJSktMTU5PQUJDREVGR0hJSktMTU5PQUJDREVGR0hJSktMTU5PQUJDREVG!\n",
		"QUJDREVGR0hJSktMTU5PQUJDREVGR0hJSktMTU5PQUJDREVGR0hJSktMTU5PQUJD" };
	char in[LEN + 100];
	int round;

	for (round = 0; round < 4000; round++) {
		size_t n = 0;

		while (n < LEN / 2) {
			char const *s = shape[(size_t)random() % (sizeof shape / sizeof *shape)];

			memcpy(in + n, s, strlen(s));
			n += strlen(s);
		}
		compare("base64 decoder", &b64_decode, in, n, cpu);
	}
}

static void
junk(enum mime_cpu *cpu)
{
	char in[LEN];
	size_t n;
	size_t i;

	for (n = 0; n <= LEN; n++) {
		for (i = 0; i < n; i++) in[i] = (char)(random() >> 8);
		compare("base64 decoder", &b64_decode, in, n, cpu);
		compare("base64 encoder", &b64_encode, in, n, cpu);
		compare("base64 encoder, CRLF", &b64_encode_crlf, in, n, cpu);
		compare("quoted-printable encoder", &qp_encode, in, n, cpu);
	}
}

/* Words of what matters to quoted-printable, the shorter the list the denser. */
static void
quoted(enum mime_cpu *cpu)
{
	static char const *const word[] = { "=3D", "=c3=A9", "x", "abcdefgh ijklmnopq rstuvwxyz",
		"\n", "=\n", " ", "\t", "\r\n", "=\r\n", "=", "= \n", "\r", "=20", "=\t\r\n", "=g",
		"=4", "\xe9", "F", "From ", ".", "\xc3\xa9\xc3\xa8", "=0", "Fro" };
	enum { WORDS = sizeof word / sizeof *word };
	char in[LEN + 100];
	int round;

	for (round = 0; round < 6000; round++) {
		size_t some = 4 + (size_t)random() % (WORDS - 3);
		size_t n = 0;

		while (n < LEN / 2) {
			char const *s = word[(size_t)random() % some];

			memcpy(in + n, s, strlen(s));
			n += strlen(s);
		}
		qp_like.eol = (enum mime_eol)(round % 3);
		qp_like.end = round % 16 ? '\n' : '\r';
		compare("quoted-printable decoder", &qp_decode, in, n, cpu);
		compare("quoted-printable encoder", &qp_encode, in, n, cpu);
	}
}

/* There are no vectors for uuencode: the cuts alone. */
static void
uuencoded(enum mime_cpu *cpu)
{
	static char const *const word[] = { "begin 644 a\n", "begin 0755 a b\r\n", "\n", "#AAAA\n",
		"&9&%T80``\n", "M\n", "`\n", "end\n", "end", "e", "n", "#", "\x7f", "(86)C\r\n",
		"begin 64 a\n", "begin 644\n", "#AAAAend\n", "begin" };
	char in[LEN + 100];
	int round;

	for (round = 0; round < 6000; round++) {
		size_t n = 0;

		if (round % 4) n = (size_t)sprintf(in, "begin 644 a\n");
		while (n < LEN / 3) {
			char const *s = word[(size_t)random() % (sizeof word / sizeof *word)];

			memcpy(in + n, s, strlen(s));
			n += strlen(s);
		}
		compare("uuencode decoder", &uu_decode, in, n, cpu);
	}
}

/* Each byte there is, at each place of a line. */
static void
every_byte(enum mime_cpu *cpu)
{
	char in[3 * (MIME_B64_COLUMNS + 1)];
	struct result want = { .n = 0 };
	struct result got = { .n = 0 };
	size_t at;
	int c;

	for (at = 0; at < MIME_B64_COLUMNS; at++)
		for (c = 0; c < 256; c++) {
			letters(in, sizeof in, MIME_B64_COLUMNS, "\n", 0, "");
			in[MIME_B64_COLUMNS + 1 + at] = (char)c;
			b64_decode(in, sizeof in, 0, NULL, &want);
			b64_decode(in, sizeof in, 0, cpu, &got);
			if (equal(&want, &got)) continue;
			printf("base64 decoder differs: byte %d at column %zu\n", c, at);
			exit(1);
		}
}

int
main(int argc, char **argv)
{
	enum mime_cpu cpu = argc == 2 ? mime_cpu_named(argv[1]) : MIME_CPU_UNKNOWN;

	if (cpu == MIME_CPU_UNKNOWN) return 100;
	if (!mime_cpu_has(cpu)) return 99;
	srandom(7);
	decoders(&cpu);
	shapes(&cpu);
	quoted(&cpu);
	uuencoded(&cpu);
	junk(&cpu);
	every_byte(&cpu);
	printf("%lu cuts agree\n", cuts);
	return 0;
}
