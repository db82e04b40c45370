/* events.h - the log lines of a session. */

#ifndef FTP_EVENTS_H
#define FTP_EVENTS_H

#include <stdint.h>

#include <skalibs/ip46.h>

#include "lib/reply.h"
#include "lib/verb.h"

struct session;

/*
 * Lines of "event pid= ip= port= user=" and what the function adds, all in
 * ftp-session(8), LOG. event_why: why=, verb= of the command that is obeyed,
 * and code= of its reply unless that is 0; event_refuse: a refuse without code.
 */
extern void event(struct session *s, char const *name);
extern void event_path(struct session *s, char const *name, char const *path);
extern void event_why(struct session *s, char const *name, char const *why, unsigned int code);
extern void event_refuse(struct session *s, char const *why);

/* connect and login: host= where FTP_HOSTS has one. */
extern void event_begin(struct session *s, char const *name);

/* TLS is on: tls proto= cipher=. */
extern void event_tls(struct session *s);

/* A connection to a passive port from ip, which is not the client: refuse from=. */
extern void event_stranger(struct session *s, ip46 const *ip);

/* r, if it is one that the log is to know of: refuse why=, or error why=. */
extern void event_reply(struct session *s, struct reply const *r);

/*
 * 1 if, before login, the client has caused SESSION_TOLD lines already by what it
 * said: then there is none of this. Counts one.
 */
extern int event_enough(struct session *s);

/* FTP_LOG_CMD: the command of row, NULL if there is none such. */
extern void event_command(struct session *s, struct verb const *row, char const *arg);

/* The end, with what was done in all. */
extern void event_close(struct session *s);

extern void event_loginfail(struct session *s, char const *why, uint64_t code);

/* "name user= path= to=": mv and symlink. */
extern void event_moved(struct session *s, char const *name, char const *from, char const *to);

/* What a client says of itself: "client user= verb= text=", cut. */
extern void event_client(struct session *s, char const *verb, char const *text);

/* get and put: the transfer that has just ended with reply code; FTP_XFERLOG. */
extern void event_transfer(struct session *s, char const *name, unsigned int code);

/* The program run on an arrival: how it ended. */
extern void event_hook(struct session *s, char const *id, char const *how, uint64_t code);

#endif
