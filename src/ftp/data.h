/* data.h - data connections: RFC 959 3.2, RFC 2428. */

#ifndef FTP_DATA_H
#define FTP_DATA_H

#include <stdint.h>

#include <skalibs/ip46.h>

struct session;

enum data_mode { DATA_NONE, DATA_PASSIVE, DATA_ACTIVE };

enum {
	DATA_STRANGERS = 16, /* connections from elsewhere before we give up */
	DATA_BACKLOG = 4,
	DATA_PRIVILEGED = 1024 /* RFC 2577 3: no connection to a port below */
};

struct data {
	enum data_mode mode;
	int listener;  /* valid when mode is DATA_PASSIVE */
	ip46 ip;       /* the target, valid when mode is DATA_ACTIVE */
	uint16_t port; /* its port, the same */
};

/* Close the listener; no mode is set. */
extern void data_forget(struct data *d);

/*
 * A listener on the address of the control connection, which replaces what
 * there was. The port, or 0 with errno set.
 */
extern uint16_t data_listen(struct session *s);

/* That port will be connected to. */
extern void data_target(struct session *s, ip46 const *ip, uint16_t port);

/*
 * Connect to the target, through the monitor, or take the peer's connection and
 * close the listener; both serve the control connection meanwhile, and set
 * s->transfer.data. They return an enum transfer_end: TRANSFER_DONE is success.
 */
extern int data_connect(struct session *s);
extern int data_accept(struct session *s);

#endif
