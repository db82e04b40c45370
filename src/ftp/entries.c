/* Directories by getdents64(2): any size in the same memory. */

#include <dirent.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ftp/entries.h"

/* What the kernel writes: struct linux_dirent64. */
struct record {
	uint64_t inode;
	int64_t key; /* the offset, until entries_key */
	uint16_t length;
	uint8_t type;
	char name[];
};

enum {
	ROOM = 4096,  /* least that is offered to the kernel */
	PIECE = 32768 /* what is read at once when streaming: it stays in the cache */
};

static struct record *
record_at(struct entries const *e, size_t at)
{
	union {
		char *bytes;
		struct record *record;
	} u = { .bytes = e->arena + at };

	return u.record;
}

/* The index grows down from the end of the arena. */
static uint32_t *
index_of(struct entries const *e)
{
	union {
		char *bytes;
		uint32_t *index;
	} u = { .bytes = e->arena + e->size - e->count * sizeof(uint32_t) };

	return u.index;
}

static int
dots(char const *name)
{
	return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

static int
after(struct entries const *e, uint32_t a, uint32_t b)
{
	struct record const *x = record_at(e, a);
	struct record const *y = record_at(e, b);
	int order = e->keyed ? (x->key < y->key) - (x->key > y->key) : 0;

	if (order == 0) order = strcmp(x->name, y->name);
	return e->reverse ? order < 0 : order > 0;
}

/* Heap sort: qsort(3) may allocate. */
static void
sift(struct entries const *e, uint32_t *index, size_t root, size_t n)
{
	for (;;) {
		size_t child = 2 * root + 1;
		uint32_t x = index[root];

		if (child >= n) return;
		if (child + 1 < n && after(e, index[child + 1], index[child])) child++;
		if (!after(e, index[child], x)) return;
		index[root] = index[child];
		index[child] = x;
		root = child;
	}
}

static void
sort(struct entries const *e)
{
	uint32_t *index = index_of(e);
	size_t i;

	for (i = e->count / 2; i-- > 0;) sift(e, index, i, e->count);
	for (i = e->count; i-- > 1;) {
		uint32_t x = index[0];

		index[0] = index[i];
		index[i] = x;
		sift(e, index, 0, i);
	}
}

/* Read behind what is there: bytes, 0 at the end, -1. */
static long
fill(struct entries *e, size_t limit)
{
	long r = syscall(SYS_getdents64, e->fd, e->arena + e->len, limit - e->len);

	if (r > 0) e->len += (size_t)r;
	return r;
}

/* All of it is in the arena: index it if the index fits too. */
static void
index_all(struct entries *e)
{
	size_t at;

	for (at = 0; at < e->len; at += record_at(e, at)->length)
		if (!dots(record_at(e, at)->name)) e->count++;
	if (e->count * sizeof(uint32_t) > e->size - e->len) {
		e->count = 0;
		return;
	}
	e->next = 0;
	for (at = 0; at < e->len; at += record_at(e, at)->length)
		if (!dots(record_at(e, at)->name)) index_of(e)[e->next++] = (uint32_t)at;
	sort(e);
	e->next = 0;
	e->sorted = 1;
}

int
entries_start(struct entries *e, int fd, char *arena, size_t size, int sorting)
{
	size_t limit = size - size / 8;
	long r = 1;

	memset(e, 0, sizeof *e);
	e->fd = fd;
	e->arena = arena;
	e->size = size;
	while (sorting && r > 0 && limit - e->len >= ROOM) r = fill(e, limit);
	e->failed = r == -1;
	if (r == 0) index_all(e);
	return !e->failed;
}

void
entries_key(struct entries *e, int64_t key)
{
	record_at(e, index_of(e)[e->next - 1])->key = key;
}

void
entries_order(struct entries *e, int keyed, int reverse)
{
	e->keyed = keyed;
	e->reverse = reverse;
	sort(e);
	e->next = 0;
}

static char const *
take(struct entries *e, struct record const *r)
{
	e->type = r->type;
	e->directories |= r->type == DT_DIR || r->type == DT_UNKNOWN;
	return r->name;
}

char const *
entries_next(struct entries *e)
{
	struct record const *r;

	if (e->sorted)
		return e->next < e->count ? take(e, record_at(e, index_of(e)[e->next++])) : NULL;
	for (;;) {
		if (e->at == e->len) {
			long n;

			e->at = e->len = 0;
			n = fill(e, e->size < PIECE ? e->size : PIECE);
			e->failed = n == -1;
			if (n <= 0) return NULL;
		}
		r = record_at(e, e->at);
		e->at += r->length;
		e->offset = r->key;
		if (!dots(r->name)) return take(e, r);
	}
}
