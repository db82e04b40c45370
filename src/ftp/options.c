/* "-la dir": what LIST was given when it was handed to ls(1). */

#include <string.h>

#include "ftp/options.h"

/* The length of the option word at s, or 0 if it is none. */
static size_t
word(char const *s)
{
	static char const known[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1";
	size_t n;

	if (s[0] != '-') return 0;
	n = 1 + strspn(s + 1, known);
	if (n == 1 && s[1] == '-') n = 2;
	return n > 1 && (s[n] == ' ' || s[n] == 0) ? n : 0;
}

static void
letter(struct options *o, char c)
{
	switch (c) {
	case 'a': o->self = o->dots = 1; break;
	case 'A': o->dots = 1; break;
	case 'd': o->alone = 1; break;
	case 'r': o->reverse = 1; break;
	case 't': o->order = ORDER_TIME; break;
	case 'S': o->order = ORDER_SIZE; break;
	case 'R': o->recursive = 1; break;
	default: break;
	}
}

char *
options_take(struct options *o, char *arg)
{
	size_t n;
	int last = 0;

	memset(o, 0, sizeof *o);
	while (!last && (n = word(arg))) {
		char *next = arg + n + (arg[n] == ' ');
		size_t blanks = strspn(next, " ");

		last = arg[1] == '-';
		for (; *arg && *arg != ' '; arg++) letter(o, *arg);
		/* More blanks belong to a name, if there is one; behind "--" always. */
		if (!last && (next[blanks] == 0 || word(next + blanks))) next += blanks;
		arg = next;
	}
	return arg;
}
