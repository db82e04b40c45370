/* path.h - paths as the client sees them. Pure, but for path_take. */

#ifndef FTP_PATH_H
#define FTP_PATH_H

#include <stddef.h>

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

/*
 * 1 if the len bytes of name are a name that does not exist for clients: one of
 * our own temporary files, or one that matches FTP_DENY.
 */
extern int path_denied(struct session const *s, char const *name, size_t len);

/*
 * Take arg into s->path. NULL, or the refusal: 553 for what can be no name,
 * and denied, which is the caller's, if one of its components does not exist
 * for clients.
 */
extern struct reply const *path_take(
    struct session *s, char const *arg, struct reply const *denied);

/*
 * code before path after, in s->text: the path's 0xFF doubled as telnet asks,
 * and its quotation marks too if quoting is set (RFC 959 appendix II).
 */
extern struct reply const *path_reply(struct session *s, unsigned int code, char const *before,
    char const *path, char const *after, int quoting);

#endif
