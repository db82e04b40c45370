/* The environment of a program that is given a part. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mime/fname.h"
#include "mime/partenv.h"
#include "mime/unpacklimit.h"

static char const *const ours[MIME_PARTENV_OURS] = { "MIME_SECTION=", "MIME_CLASS=", "MIME_TYPE=",
	"MIME_CHARSET=", "MIME_NAME=", "MIME_CID=", "MIME_MSGID=" };

static int
is_ours(char const *var)
{
	size_t i;

	for (i = 0; i < MIME_PARTENV_OURS; i++)
		if (strncmp(var, ours[i], strlen(ours[i])) == 0) return 1;
	return 0;
}

/* Put ours[which] and value into room. */
static char const *
fill(char *room, size_t size, unsigned int which, char const *value)
{
	(void)snprintf(room, size, "%s%s", ours[which], value);
	return room;
}

static void
safe_name(char *name, struct mime_part const *part, uint64_t const *limits)
{
	unsigned int what;

	if (part->namelen == 0 || mime_fname(name, part->name, part->namelen, &what) == 0)
		mime_fname_default(name, part->section, part->type);
	(void)mime_fname_narrow(name, limits[MIME_X_ASCII] != 0, (size_t)limits[MIME_X_NAME]);
}

int
mime_partenv(struct mime_partenv *p, struct mime_part const *part, struct mime_envelope const *v,
    uint64_t const *limits)
{
	char name[MIME_OUTDIR_NAME];
	char id[MIME_ENVELOPE_ID + 1];
	size_t n = 0;
	char **var;

	for (var = environ; *var; var++) {
		if (is_ours(*var)) continue;
		if (n == MIME_PARTENV_MAX - MIME_PARTENV_OURS) {
			errno = E2BIG;
			return 0;
		}
		p->vars[n++] = *var;
	}
	safe_name(name, part, limits);
	memcpy(id, v->message.s, v->message.n);
	id[v->message.n] = 0;
	p->vars[n++] = fill(p->section, sizeof p->section, 0, part->section);
	p->vars[n++] = fill(p->class, sizeof p->class, 1, mime_class_name(part->class));
	p->vars[n++] = fill(p->type, sizeof p->type, 2, part->type);
	if (part->charset[0]) p->vars[n++] = fill(p->charset, sizeof p->charset, 3, part->charset);
	p->vars[n++] = fill(p->name, sizeof p->name, 4, name);
	if (part->cid[0]) p->vars[n++] = fill(p->cid, sizeof p->cid, 5, part->cid);
	if (id[0]) p->vars[n++] = fill(p->id, sizeof p->id, 6, id);
	p->vars[n] = NULL;
	return 1;
}
