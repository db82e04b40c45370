/* descriptors.h - what is open in tls-io besides 0, 1 and 2. */

#ifndef TLS_DESCRIPTORS_H
#define TLS_DESCRIPTORS_H

/* 3 stays free: in a confined process it leads to the monitor. */
enum {
	TLS_IO_PLAIN = 4,  /* a socket: the bytes without TLS */
	TLS_IO_CONTROL = 5 /* a stream socket: the other end of SSLCTLFD */
};

#endif
