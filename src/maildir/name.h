/* name.h - unique file names for a Maildir. */

#ifndef MAILDIR_NAME_H
#define MAILDIR_NAME_H

#include <stdint.h>

/* Room for any name made here, its 0 included; a directory entry holds 255. */
#define NAME_SIZE 256
/* Room for a host part, its 0 included. */
#define NAME_HOST 65

struct name {
	char base[NAME_SIZE]; /* time.unique.host: the name in tmp/ */
	char full[NAME_SIZE]; /* base,S=size,W=size:2,flags: the name in new/ or cur/ */
};

/*
 * Write this host's name: letters, digits, '.' and '-' as they are, any other
 * byte as \ooo, cut before it would pass 64 bytes; "localhost" if there is none.
 */
extern void name_host(char host[NAME_HOST]);

/*
 * Make n->base: T.M<microseconds>P<pid>Q<k>R<16 hex digits>.<host>, where k
 * counts the names this process has made. Returns 1, or 0 with errno set when
 * there is no clock or no randomness.
 */
extern int name_make(struct name *n, char const *host, unsigned int k);

/*
 * Make n->full: base (n's own or that of a key), ",S=" size, ",W=" wire unless that is 0
 * (not known), then info (":2," and flags, or ""; at most 16 bytes).
 */
extern void name_finish(
    struct name *n, char const *base, uint64_t size, uint64_t wire, char const *info);

#endif
