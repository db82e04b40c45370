/* maildir(5) and the sizes of Maildir++, as rules for names. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lib/safe.h"
#include "maildir/checkname.h"
#include "maildir/namepart.h"

static int
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Letters, each behind all smaller ones: those of maildir(5), and the keywords of Dovecot. */
static int
in_order(char const *flags)
{
	char last = 0;

	for (; *flags != 0; last = *flags++)
		if (!is_letter(*flags) || *flags <= last) return 0;
	return 1;
}

static int
bad_number(char const *name, char letter)
{
	uint64_t u;

	return namepart_has(name, letter) && !namepart_number(name, letter, &u);
}

int
checkname_like(char const *name)
{
	size_t n = strspn(name, "0123456789");
	char const *end = name + strcspn(name, ",:");
	char const *dot;

	if (n == 0 || name[n] != '.') return 0;
	dot = memchr(name + n + 1, '.', (size_t)(end - (name + n + 1)));
	return dot != NULL && dot > name + n + 1 && dot + 1 < end;
}

char const *
checkname_wrong(char const *name, int in_cur)
{
	char const *flags = namepart_flags(name);

	if (!safe_is(name, strlen(name), 0) || strchr(name, ' ') != NULL)
		return "bytes in its name that are not printable ASCII";
	if (!checkname_like(name)) return "its name is not time.unique.host";
	if (bad_number(name, 'S')) return "the S in its name is no number";
	if (bad_number(name, 'W')) return "the W in its name is no number";
	if (flags == NULL && strchr(name, ':') != NULL) return "what follows the colon is not 2,";
	if (flags == NULL && in_cur) return "in cur, but without :2,";
	if (flags != NULL && !in_order(flags)) return "its flags are not letters in order";
	return NULL;
}
