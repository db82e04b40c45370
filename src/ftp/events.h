/* events.h - the log lines of a session. */

#ifndef FTP_EVENTS_H
#define FTP_EVENTS_H

#include <stdint.h>

struct session;

/* "event user=", "event user= path=", "refuse why=", all with peer and pid. */
extern void event(struct session *s, char const *name);
extern void event_path(struct session *s, char const *name, char const *path);
extern void event_refuse(struct session *s, char const *why);

/* A refused login: "loginfail user= why= code= try="; code only if it is not 0. */
extern void event_loginfail(struct session *s, char const *why, uint64_t code);

/* "name user= path= to=": mv and symlink. */
extern void event_moved(struct session *s, char const *name, char const *from, char const *to);

/* What a client says of itself: "client user= verb= text=", cut. */
extern void event_client(struct session *s, char const *verb, char const *text);

/* get and put: the transfer that has just ended with reply code. */
extern void event_transfer(struct session *s, char const *name, unsigned int code);

/* The program run on an arrival: how it ended. */
extern void event_hook(struct session *s, char const *id, char const *how, uint64_t code);

#endif
