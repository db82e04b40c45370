/* data.h - data connections: RFC 959 3.2, RFC 2428. */

#ifndef FTP_DATA_H
#define FTP_DATA_H

#include <stdint.h>

struct session;

enum data_mode { DATA_NONE, DATA_PASSIVE, DATA_ACTIVE };

enum {
	DATA_STRANGERS = 16, /* connections from elsewhere before we give up */
	DATA_BACKLOG = 4
};

struct data {
	enum data_mode mode;
	int listener;  /* valid when mode is DATA_PASSIVE */
	uint16_t port; /* the peer's, valid when mode is DATA_ACTIVE */
};

/* Close the listener; no mode is set. */
extern void data_forget(struct data *d);

/*
 * A listener on the address of the control connection, which replaces what
 * there was. The port, or 0 with errno set.
 */
extern uint16_t data_listen(struct session *s);

/* The peer will be connected to. */
extern void data_target(struct session *s, uint16_t port);

/*
 * Connect to the peer, through the monitor, or take its connection; both serve
 * the control connection meanwhile, and set s->transfer.data. They return an
 * enum transfer_end: TRANSFER_DONE is success.
 */
extern int data_connect(struct session *s);
extern int data_accept(struct session *s);

#endif
