/* The limits of mime-unpack. */

#include <string.h>

#include <skalibs/types.h>

#include "mime/fname.h"
#include "mime/parser.h"
#include "mime/unpack.h"
#include "mime/unpacklimit.h"

struct row {
	char name[8]; /* not by pointer: that would have to be set at the start */
	uint64_t normal;
	uint64_t max;
	int optional; /* 0 is no limit */
};

/* clang-format off */
static struct row const rows[MIME_X] = {
	[MIME_X_DEPTH]  = { "depth",  MIME_DEPTH,  1000,       0 },
	[MIME_X_PARTS]  = { "parts",  MIME_PARTS,  UINT32_MAX, 1 },
	[MIME_X_FILES]  = { "files",  MIME_FILES,  UINT64_MAX, 1 },
	[MIME_X_HEADER] = { "header", MIME_HEADER, UINT64_MAX, 1 },
	[MIME_X_FIELD]  = { "field",  MIME_FIELD,  MIME_FIELD, 1 },
	[MIME_X_PARAMS] = { "params", MIME_PARAMS, 10000,      0 },
	[MIME_X_BYTES]  = { "bytes",  0,           UINT64_MAX, 1 },
	[MIME_X_NAME]   = { "name",   MIME_FNAME_MAX, MIME_FNAME_MAX, 0 },
	[MIME_X_SUM]    = { "sum",    0,           1,          0 },
	[MIME_X_ASCII]  = { "ascii",  0,           1,          0 },
};
/* clang-format on */

void
mime_unpack_limit_defaults(uint64_t *limits)
{
	size_t i;

	for (i = 0; i < MIME_X; i++) limits[i] = rows[i].normal;
}

static int
number(uint64_t *v, char const *s)
{
	static char const units[] = "kmg";
	size_t n = uint64_scan(s, v);
	char const *unit;
	unsigned int shift;

	if (n == 0) return 0;
	if (s[n] == 0) return 1;
	unit = strchr(units, s[n]);
	if (!unit || s[n + 1]) return 0;
	shift = 10 * (unsigned int)(unit - units + 1);
	if (*v > UINT64_MAX >> shift) return 0;
	*v <<= shift;
	return 1;
}

/* A switch may be 0; a name must have room for an extension. */
static uint64_t
least(size_t i)
{
	if (i == MIME_X_SUM || i == MIME_X_ASCII) return 0;
	return i == MIME_X_NAME ? 32 : 1;
}

int
mime_unpack_limit_set(uint64_t *limits, char const *arg)
{
	char const *value = strchr(arg, '=');
	uint64_t v;
	size_t i;

	if (!value || !number(&v, value + 1)) return 0;
	for (i = 0; i < MIME_X; i++) {
		struct row const *r = rows + i;

		if (strlen(r->name) != (size_t)(value - arg)
		    || memcmp(r->name, arg, strlen(r->name)) != 0)
			continue;
		if (v == 0 && r->optional) v = r->max;
		if (v > r->max || v < least(i)) return 0;
		limits[i] = v;
		return 1;
	}
	return 0;
}
