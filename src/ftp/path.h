/* path.h - paths as the client sees them. Pure, but for path_take. */

#ifndef FTP_PATH_H
#define FTP_PATH_H

#include "lib/reply.h"

struct session;

enum { PATH_SPACE = 4096 };

/*
 * arg as seen from the absolute, normalised cwd, to out (PATH_SPACE bytes):
 * slashes collapse, "." goes, ".." takes a component away and stays at the
 * root. 1; 0 with errno EILSEQ for a byte below 0x20 or 0x7F, ENAMETOOLONG
 * when it does not fit.
 */
extern int path_join(char *out, char const *cwd, char const *arg);

/* 1 if a component is one of our own temporary files, which do not exist. */
extern int path_hidden(char const *path);
extern int path_name_hidden(char const *name);

/*
 * Take arg into s->path. NULL, or the refusal: 553 for what can be no name,
 * and hidden, which is the caller's, for one of our own temporary files.
 */
extern struct reply const *path_take(
    struct session *s, char const *arg, struct reply const *hidden);

/*
 * code before path after, in s->text: the path's 0xFF doubled as telnet asks,
 * and its quotation marks too if quoting is set (RFC 959 appendix II).
 */
extern struct reply const *path_reply(struct session *s, unsigned int code, char const *before,
    char const *path, char const *after, int quoting);

#endif
