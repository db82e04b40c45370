/*
 * mime-value what [argument...]: what a pure module of mime/ makes of standard
 * input, on standard output. Exit 0, 1 if the module says there is nothing, 2
 * if it says that something was lost.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mime/date.h"

enum { INPUT = 1 << 21 };

static char in[INPUT];
static size_t n;

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

struct value {
	char const *name;
	int (*show)(char **argv);
};

static struct value const values[] = {
	{ "date", date },
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
