/* Maildir++ sizes and maildir(5) flags in a file name. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "maildir/namepart.h"

enum { DIGITS = 18 }; /* below 2^63 whatever they are */

/* Behind the last ",X=" before the info, or NULL. */
static char const *
find(char const *name, char letter)
{
	char const *end = name + strcspn(name, ":");
	char const *s;

	for (s = end; s - name >= 3; s--)
		if (s[-3] == ',' && s[-2] == letter && s[-1] == '=') return s;
	return NULL;
}

int
namepart_has(char const *name, char letter)
{
	return find(name, letter) != NULL;
}

int
namepart_number(char const *name, char letter, uint64_t *u)
{
	char const *s = find(name, letter);
	uint64_t n = 0;
	size_t i;

	if (s == NULL) return 0;
	for (i = 0; s[i] >= '0' && s[i] <= '9' && i < DIGITS; i++)
		n = n * 10 + (uint64_t)(s[i] - '0');
	if (i == 0 || (s[i] != ',' && s[i] != ':' && s[i] != 0)) return 0;
	*u = n;
	return 1;
}

char const *
namepart_flags(char const *name)
{
	char const *info = strchr(name, ':');

	return info != NULL && info[1] == '2' && info[2] == ',' ? info + 3 : NULL;
}

int
namepart_trashed(char const *name)
{
	char const *flags = namepart_flags(name);

	return flags != NULL && strchr(flags, 'T') != NULL;
}
