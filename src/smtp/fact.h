/* fact.h - what the talker says of a message, on its way to the program's environment. */

#ifndef SMTP_FACT_H
#define SMTP_FACT_H

struct session;
struct monitor_message;

/* Their names, ended by NULL: all that the talker may set, or leave out. */
extern char const *const fact_names[];

/* Monitor: 1 if m holds only facts, each at most once and as an honest talker of s says it. */
extern int facts_ok(struct session const *s, struct monitor_message const *m);

#endif
