/* peer.h - who is at the other end of descriptor 0. */

#ifndef LIB_PEER_H
#define LIB_PEER_H

#include <stddef.h>
#include <stdint.h>

#include <skalibs/ip46.h>

enum { PEER_HOST = 256, PEER_TEXT = 46 };

/* IPv4-mapped IPv6 addresses are IPv4 here; ports are in host order. */
struct peer {
	ip46 ip;                   /* valid when remote is set */
	ip46 local;                /* valid when here is set */
	uint16_t port;             /* 0: unknown */
	uint16_t localport;        /* 0: unknown */
	uint32_t scope;            /* the interface of link-local IPv6 addresses, or 0 */
	int remote;                /* the peer's address is known */
	int here;                  /* our own address is known */
	int socket;                /* descriptor 0 is a TCP socket */
	char const *log;           /* first word of our log lines, see lib/note.h; or NULL */
	uint64_t session;          /* our pid when asked: names the session in the log */
	int stale;                 /* the environment named another peer than the socket has */
	char text[PEER_TEXT];      /* the peer's address, or "unknown" */
	char localtext[PEER_TEXT]; /* ours, or "unknown" */
	char host[PEER_HOST];      /* its name from ${PROTO}REMOTEHOST, safe bytes only, or "" */
	char name[PEER_HOST];      /* ours from ${PROTO}LOCALHOST if it holds a letter, or "" */
};

/*
 * Fill p for the connection on fd. Sources in order: the UCSPI variables
 * (PROTO, ${PROTO}REMOTEIP and so on, busybox's REMOTEADDR too), the socket,
 * systemd's REMOTE_ADDR and REMOTE_PORT, xinetd's REMOTE_HOST where it is an
 * address. Where variables and socket differ the socket is believed and stale
 * set: variables inherited from another connection must not decide anything.
 * Never fails: what cannot be learnt is left unknown.
 */
extern void peer_get(struct peer *p, int fd);

/*
 * Read the address s begins with; an IPv4-mapped one, in either notation, is
 * IPv4 then. Returns how many bytes it takes, 0 if there is none.
 */
extern size_t peer_scan(char const *s, ip46 *ip);

/* 1 if ip is the peer's address. */
extern int peer_is(struct peer const *p, ip46 const *ip);

#endif
