/* verbs.h - the command table of ftp-session. */

#ifndef FTP_VERBS_H
#define FTP_VERBS_H

#include "lib/verb.h"

extern struct verbs const ftp_verbs;

/* 1 if FTP_CMDS_DENY names the verb of row, or another name of it. */
extern int verbs_denied(struct session const *s, struct verb const *row);

/* 1 if list, which may be NULL, holds verbs of ours with commas between. */
extern int verbs_denial_ok(char const *list);

/* 0 if the verb of row is 502 in this session: it is in neither HELP nor FEAT. */
extern verb_shown verbs_offered;

#endif
