/* Options: letters, values, bounds. */

#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include <skalibs/sgetopt.h>
#include <skalibs/types.h>
#include <skalibs/uint64.h>

#include "maildir/fields.h"
#include "maildir/make.h"
#include "maildir/options.h"

enum { DAY = 86400 };

/* Letters of maildir(5), sorted, each once; 0 if there is another. */
static int
flags(char *info, char const *letters)
{
	static char const known[] = "DFPRST";
	char const *k;

	if (letters[strspn(letters, known)] != 0) return 0;
	memcpy(info, ":2,", 4);
	info += 3;
	for (k = known; *k != 0; k++)
		if (strchr(letters, *k) != NULL) *info++ = *k;
	*info = 0;
	return 1;
}

static int
octal(char const *s, unsigned int *mode)
{
	size_t n = uint_oscan(s, mode);

	return n > 0 && s[n] == 0 && (*mode & ~0777U) == 0 && (*mode & S_IRUSR) != 0;
}

static int
option(struct options *o, int opt, char const *arg)
{
	switch (opt) {
	case 'c': o->make = 1; return 1;
	case 'd': return o->info[0] != 0 || flags(o->info, "");
	case 'D': o->fields |= FIELD_DELIVERED_TO; return 1;
	case 'e': o->sysexits = 1; return 1;
	case 'E': o->empty = 1; return 1;
	case 'f': o->folder = arg; return make_is_folder(arg);
	case 'F': return flags(o->info, arg);
	case 'i': o->key = arg; return arg[0] != 0;
	case 'L': o->loop = 1; return 1;
	case 'm': return octal(arg, &o->mode);
	case 'n': o->check = 1; return 1;
	case 'N': o->framed = 1; return 1;
	case 'O': o->fields |= FIELD_ORIGINAL_TO; return 1;
	case 'q': o->limited = 1; return quota_scan(&o->quota, arg, strlen(arg));
	case 'Q': o->full_for_good = 1; return 1;
	case 'R': o->fields |= FIELD_RETURN_PATH; return 1;
	case 'r': o->expand = 1; return 1;
	case 's': return uint640_scan(arg, &o->max) > 0;
	case 'S': o->strict = 1; return 1;
	case 't': return uint0_scan(arg, &o->secs) > 0;
	case 'T': o->trigger = arg; return 1;
	case 'U': o->unfrom = 1; return 1;
	case 'v': o->verbose = 1; return 1;
	default: return 0;
	}
}

int
options_parse(struct options *o, int argc, char const *const *argv)
{
	subgetopt l = SUBGETOPT_ZERO;
	int opt, ok = 1;

	*o = (struct options){ .mode = S_IRUSR | S_IWUSR, .secs = DAY };
	while ((opt = subgetopt_r(argc, argv, "cdDeEf:F:i:Lm:nNOq:QrRs:St:T:Uv", &l)) != -1)
		if (!option(o, opt, l.arg)) ok = 0;
	return ok ? l.ind : 0;
}
