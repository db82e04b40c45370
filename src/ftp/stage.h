/* stage.h - the second stage of a login: what a checker runs as the user. */

#ifndef FTP_STAGE_H
#define FTP_STAGE_H

#define STAGE_OPTION "-s"
#define STAGE_GUEST "-g" /* behind it: nobody gave a password, and root is named */

/*
 * Prepare to be one: 1 if descriptor 0 is the SOCK_SEQPACKET socket a monitor
 * gave the checker, else 0. Dies from now on with the parent, the first
 * monitor.
 */
extern int stage_begin(void);

/* 1 if the directory root can be served; else 0 with the reason in the log. */
extern int stage_has_root(char const *root);

#endif
