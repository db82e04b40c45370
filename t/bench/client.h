/* client.h - what the loads of the benches share: a connection, its replies, the clock. */

#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H

#include <stddef.h>

enum { LINE = 4096 };

struct client {
	int fd;
	size_t at;
	size_t len;
	char in[LINE];
	char line[LINE]; /* the last line of the last reply, 0-terminated */
};

/* Complain of what, and why (NULL: errno says), and exit 1. */
extern void die(char const *what, char const *why) __attribute__((noreturn));

/* A connection to that port here. */
extern int reach(unsigned short port);

/* One line, and one reply of one or more lines; one from 400 on is complained of. */
extern void get_line(struct client *c);
extern void get_reply(struct client *c);

/* Connect without Nagle's delay, and read the greeting. */
extern void greet(struct client *c, unsigned short port);

/* Send a line, its CRLF added, and read the reply. */
extern void say(struct client *c, char const *format, ...) __attribute__((format(printf, 2, 3)));

/* Seconds. */
extern double now(void);

/*
 * Whole sessions, each done by one call of session, by so many clients at once,
 * each a process, for so many seconds: prints seconds a session.
 */
extern void sessions_all(void (*session)(void), double seconds, unsigned int clients);

/* The same line so often: prints seconds. */
extern void repeat(struct client *c, char const *line, unsigned int count);

/* begin for each of count clients, say so, and keep them until input ends. */
extern void hold(void (*begin)(struct client *), unsigned int count);

/* Of a word of the command line, 0 for none. */
extern unsigned long number(char const *s);

#endif
