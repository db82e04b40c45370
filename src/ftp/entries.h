/* entries.h - the names in a directory, sorted where they fit, else streamed. */

#ifndef FTP_ENTRIES_H
#define FTP_ENTRIES_H

#include <stddef.h>
#include <stdint.h>

struct entries {
	int fd;       /* the directory; the caller's */
	char *arena;  /* the caller's, aligned for uint64_t */
	size_t size;  /* of arena */
	size_t len;   /* bytes of arena in use */
	size_t at;    /* the next record, when streaming */
	size_t count; /* records indexed at the end of arena, when sorted */
	size_t next;  /* the next of these */
	int sorted;
	int keyed;          /* entries_order: by the keys, the largest first */
	int reverse;        /* entries_order: backwards */
	int failed;         /* entries_start or the last entries_next came to no end */
	unsigned char type; /* DT_ of the name returned last, DT_UNKNOWN too */
	int directories;    /* one of the names may be of a directory */
	int64_t offset;     /* when streaming: where the directory goes on behind that name */
};

/*
 * Begin with the directory fd. If sorting is set and all of it fits the arena,
 * names come in byte order; otherwise in the directory's, without bound.
 * 1, or 0 with errno and failed set.
 */
extern int entries_start(struct entries *e, int fd, char *arena, size_t size, int sorting);

/*
 * When sorted: give the name that entries_next has just returned a key, and,
 * after the last one, sort all again, by key and then by name if keyed is set,
 * and begin again.
 */
extern void entries_key(struct entries *e, int64_t key);
extern void entries_order(struct entries *e, int keyed, int reverse);

/* The next name, "." and ".." left out, or NULL at the end or, with failed
 * set, where the directory cannot be read. Valid until the next call. */
extern char const *entries_next(struct entries *e);

#endif
