/* hosts.h - FTP_HOSTS: a directory with a root for each host, a directory or a link to one. */

#ifndef FTP_HOSTS_H
#define FTP_HOSTS_H

#include "ftp/host.h"
#include "lib/monitor.h"

struct session;

enum { HOSTS_DIR = 1023 /* most bytes of FTP_HOSTS */, HOSTS_PATH = HOSTS_DIR + 1 + HOST_SPACE };

/*
 * First stage: 1 if FTP_HOSTS is unset or a directory. Second stage: FTP_HOST of the
 * environment is the host, and FTP_HOSTS is done with. Either way a session with
 * FTP_HOSTS has no FTP_HOST any more, so that none but a chosen one is passed on.
 */
extern int hosts_settle(struct session *s);

/* 1 with the root of the host called name, which is host_ok, in path; 0 if it has none. */
extern int hosts_path(struct session const *s, char const *name, char *path);

/*
 * The host is name, which is host_ok: 1, or 0 if there is none such, and the last one
 * stays. The talker, which can look at nothing, asks its monitor.
 */
extern int hosts_choose(struct session *s, char const *name);

/* TLS is on, or was from the start: the name it was asked for chooses the host. */
extern void hosts_secured(struct session *s);

/* 1 if TLS was asked for a name that FTP_HOSTS does not have: nobody can log in. */
extern int hosts_none(struct session const *s);

/* The rule for MONITOR_HOST: text is one name; the answer's number is 1 if it has a root. */
extern enum monitor_result hosts_answer(struct session *s, struct monitor_message *m, int *fd);

#endif
