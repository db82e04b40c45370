/* verbs.h - the command table of ftp-session. */

#ifndef FTP_VERBS_H
#define FTP_VERBS_H

#include "lib/verb.h"

extern struct verbs const ftp_verbs;

#endif
