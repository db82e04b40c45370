/*
 * mime-value what [argument...]: what a pure module of mime/ makes of standard
 * input, on standard output. Exit 0, 1 if the module says there is nothing, 2
 * if it says that something was lost.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mime/addr.h"
#include "mime/charset.h"
#include "mime/date.h"
#include "mime/fname.h"
#include "mime/type.h"
#include "mime/word.h"

enum { INPUT = 1 << 21 };

static char in[INPUT];
static char out[MIME_CONVERTED(INPUT)];
static size_t n;

/* One entry to a line: its address or "-", its name. */
static int
addr(char **argv)
{
	struct mime_addrs list = { .s = in, .n = n };
	struct mime_addr x;
	enum mime_addr_kind kind;

	(void)argv;
	while ((kind = mime_addr_next(&list, &x)) != MIME_ADDR_END) {
		int bad = 0;
		size_t w = mime_addr_spec(&x, out, sizeof out);

		if (kind == MIME_ADDR_GROUP) fputs("group", stdout);
		if (kind == MIME_ADDR_GROUP_END) fputs("end", stdout);
		if (kind == MIME_ADDR_MAILBOX) fwrite(w ? out : "-", 1, w ? w : 1, stdout);
		w = mime_addr_name(&x, out, sizeof out, &bad);
		printf("|%.*s\n", (int)w, out);
	}
	return list.cut ? 2 : 0;
}

static int
date(char **argv)
{
	char text[MIME_DATE_SIZE];
	int64_t seconds;

	(void)argv;
	if (!mime_date_parse(in, n, &seconds)) return 1;
	mime_date_format(text, seconds);
	printf("%lld %s\n", (long long)seconds, text);
	return 0;
}

/* label piece: converted in pieces of so many bytes, 0: at once. */
static int
charset(char **argv)
{
	struct mime_charset const *cs = mime_charset_find(argv[0], strlen(argv[0]));
	size_t piece = strtoul(argv[1], NULL, 10);
	struct mime_converter c;
	size_t i;

	if (piece == 0) {
		int bad = 0;

		fwrite(out, 1, mime_charset_utf8(cs, in, n, out, sizeof out, &bad), stdout);
		return bad ? 2 : 0;
	}
	mime_convert_begin(&c, cs);
	for (i = 0; i < n; i += piece)
		fwrite(
		    out, 1, mime_convert(&c, in + i, n - i < piece ? n - i : piece, out), stdout);
	fwrite(out, 1, mime_convert_end(&c, out), stdout);
	return c.bad ? 2 : 0;
}

static int
word(char **argv)
{
	int bad = 0;

	(void)argv;
	fwrite(out, 1, mime_word_decode(in, n, out, sizeof out, &bad), stdout);
	return bad ? 2 : 0;
}

/* Names with a NUL between them, as they may hold line ends; one to a line. */
static int
fname(char **argv)
{
	char *name = in;

	(void)argv;
	while (name < in + n) {
		char *end = memchr(name, 0, (size_t)(in + n - name));
		unsigned int what;

		if (!end) end = in + n;
		fwrite(out, 1, mime_fname(out, name, (size_t)(end - name), &what), stdout);
		fputs(what & MIME_FNAME_CUT ? " (cut)\n" : "\n", stdout);
		name = end + 1;
	}
	return 0;
}

/* The type of a file name, if one is given, else that of the bytes. */
static int
type(char **argv)
{
	char const *found = argv[0] ? mime_type_of_name(argv[0], strlen(argv[0])) : NULL;

	if (!argv[0]) found = mime_type_of_bytes(in, n < 512 ? n : 512);
	puts(found ? found : "-");
	return found == NULL;
}

/* section type: the name of a nameless part. */
static int
nameless(char **argv)
{
	fwrite(out, 1, mime_fname_default(out, argv[0], argv[1]), stdout);
	return 0;
}

struct value {
	char const *name;
	int (*show)(char **argv);
};

static struct value const values[] = {
	{ "addr", addr },
	{ "charset", charset },
	{ "date", date },
	{ "fname", fname },
	{ "nameless", nameless },
	{ "type", type },
	{ "word", word },
};

int
main(int argc, char **argv)
{
	size_t i;

	if (argc < 2) return 100;
	n = fread(in, 1, sizeof in, stdin);
	for (i = 0; i < sizeof values / sizeof *values; i++)
		if (strcmp(values[i].name, argv[1]) == 0) return values[i].show(argv + 2);
	return 100;
}
