/*
 * codec-same kind: do the codecs, with the vectors that kind names (as MIME_CPU
 * does), give what the plain ones give, for every length up to LEN and every
 * cut in two? The input lies where a sanitizer sees a byte read beyond it.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "t/probe/codecs.h"

enum { LEN = CODEC_LEN - 100 };

static unsigned long cuts;

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
		compare("base64 decoder", &codec_b64_decode, in, n, cpu);
		compare("survey", &codec_survey, in, n, cpu);
		for (k = 0; k < sizeof noise / sizeof *noise; k++) {
			letters(in, n, width, eol, k % 2 ? 150 : 20, noise[k]);
			compare("base64 decoder", &codec_b64_decode, in, n, cpu);
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
		compare("base64 decoder", &codec_b64_decode, in, n, cpu);
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
		compare("base64 decoder", &codec_b64_decode, in, n, cpu);
		compare("base64 encoder", &codec_b64_encode, in, n, cpu);
		compare("base64 encoder, CRLF", &codec_b64_encode_crlf, in, n, cpu);
		compare("survey", &codec_survey, in, n, cpu);
		compare("quoted-printable encoder", &codec_qp_encode, in, n, cpu);
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
		size_t most = round % 4 ? LEN / 2 : LEN;
		size_t n = 0;

		while (n < most) {
			char const *s = word[(size_t)random() % some];

			memcpy(in + n, s, strlen(s));
			n += strlen(s);
		}
		codec_qp_like.eol = (enum mime_eol)(round % 3);
		codec_qp_like.end = round % 16 ? '\n' : '\r';
		compare("quoted-printable decoder", &codec_qp_decode, in, n, cpu);
		compare("quoted-printable encoder", &codec_qp_encode, in, n, cpu);
	}
}

/* The edges of what is UTF-8, of which the last few are just not. */
static void
characters(enum mime_cpu *cpu)
{
	static char const *const word[] = { "abc", "\n", "x\r\n", "\xc3\xa9", "\xdf\xbf",
		"\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80",
		"\xf4\x8f\xbf\xbf", "=", "\r", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc1\xbf",
		"\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf5\x80\x80\x80", "\x80", "\xe2\x82", "\xc3",
		"\xf0\x9f\x98" };
	enum { WORDS = sizeof word / sizeof *word, GOOD = 12 };
	char in[LEN + 100];
	int round;

	for (round = 0; round < 6000; round++) {
		size_t bad = (size_t)random() % LEN;
		size_t most = round % 4 ? LEN / 2 : LEN;
		size_t n = 0;

		while (n < most) {
			size_t some = n <= bad && bad < n + 4 ? WORDS : GOOD;
			char const *s = word[(size_t)random() % some];

			memcpy(in + n, s, strlen(s));
			n += strlen(s);
		}
		compare("survey", &codec_survey, in, n, cpu);
	}
}

/* Four bytes that may be a character or just not, in the middle of ASCII. */
static void
sequences(enum mime_cpu *cpu)
{
	static char const next[8] = "\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0";
	struct result want = { .n = 0 };
	struct result got = { .n = 0 };
	unsigned int i;

	for (i = 0x7f << 9; i < 256u << 9; i++) {
		char in[3 * 64];
		char *at = in + 93 + i % 5;

		memset(in, 'a', sizeof in);
		at[0] = (char)(i >> 9);
		at[1] = next[i >> 6 & 7];
		at[2] = next[i >> 3 & 7];
		at[3] = next[i & 7];
		codec_survey(in, sizeof in, 0, NULL, &want);
		codec_survey(in, sizeof in, 0, cpu, &got);
		if (equal(&want, &got)) continue;
		printf("survey differs: lead %x, next %o\n", i >> 9, i & 0777);
		exit(1);
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
		compare("uuencode decoder", &codec_uu_decode, in, n, cpu);
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
			codec_b64_decode(in, sizeof in, 0, NULL, &want);
			codec_b64_decode(in, sizeof in, 0, cpu, &got);
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
	characters(&cpu);
	sequences(&cpu);
	junk(&cpu);
	every_byte(&cpu);
	printf("%lu cuts agree\n", cuts);
	return 0;
}
