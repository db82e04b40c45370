/* closing.h - the end of the connection. */

#ifndef SMTP_CLOSING_H
#define SMTP_CLOSING_H

struct session;

/*
 * Send what waits, say on a socket that no more comes, and read what the client
 * may have on its way: else the kernel would reset the connection, and our last
 * reply might be lost with it. After QUIT only if something is there; for a
 * second at the most.
 */
extern void closing(struct session *s);

#endif
