/* Numbers by key: an open hash table. */

#include <string.h>

#include "mime/known.h"

/* The slot of the key, or the free one where it would be. */
static unsigned int
find(struct mime_known const *k, uint64_t key)
{
	unsigned int i = (unsigned int)(key >> 32) % MIME_KNOWN;

	while (k->slots[i].key && k->slots[i].key != key) i = (i + 1) % MIME_KNOWN;
	return i;
}

void
mime_known_put(struct mime_known *k, uint64_t key, unsigned int number)
{
	unsigned int i;

	if (k->n >= MIME_KNOWN_MAX) memset(k, 0, sizeof *k);
	i = find(k, key);
	if (!k->slots[i].key) k->n++;
	k->slots[i].key = key;
	k->slots[i].number = number;
}

unsigned int
mime_known_get(struct mime_known const *k, uint64_t key)
{
	return k->slots[find(k, key)].number;
}
