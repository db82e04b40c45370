/* STOU says the name before it has the data: RFC 1123 4.1.2.9. */

#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ftp/append.h"
#include "ftp/publish.h"
#include "ftp/unique.h"

#define PREFIX ".ftp-stou."

enum {
	NUMBERS = 99, /* name.1 to name.99, then name.random */
	TRIES = 8,    /* of the latter */
	SUFFIX = 20   /* most bytes of ".number" */
};

int
unique_name(struct upload *u, unsigned int i)
{
	size_t n = u->stem;
	uint64_t number = i;

	if (i == 0) return 1;
	/* A number would tell how many there are; nobody is to see that in a drop box. */
	if (u->guarded) i += NUMBERS;
	if (i > NUMBERS + TRIES) return 0;
	if (i > NUMBERS) (void)!getrandom(&number, sizeof number, 0);
	if (n > UPLOAD_NAME - SUFFIX) n = UPLOAD_NAME - SUFFIX;
	u->name[n] = '.';
	*append_number(u->name + n + 1, i > NUMBERS ? number >> 8 : number, 1, '0') = 0;
	return 1;
}

int
unique_is_reserved(char const *name)
{
	return strncmp(name, PREFIX, sizeof PREFIX - 1) == 0;
}

static int
is_free(struct upload const *u)
{
	struct stat st;

	return fstatat(u->dir, u->name, &st, AT_SYMLINK_NOFOLLOW) == -1;
}

/*
 * The file itself, under a hidden name: that goes with it. Whoever had it
 * before may just have published: so look again. If it cannot be, be it.
 */
static int
take(struct upload *u)
{
	char hidden[UPLOAD_NAME];

	if (strlen(u->name) + sizeof PREFIX > sizeof hidden) return 1;
	*append_text(append_text(hidden, PREFIX), u->name) = 0;
	if (!publish_as(u, hidden)) return 0;
	if (u->temp[0]) (void)unlinkat(u->dir, u->temp, 0);
	memcpy(u->temp, hidden, sizeof hidden);
	return is_free(u);
}

void
unique_choose(struct upload *u, int reserve)
{
	unsigned int i;

	for (i = 0; unique_name(u, i); i++)
		if (is_free(u) && (!reserve || take(u))) return;
}
