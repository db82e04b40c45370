/* shown.h - what the replies to PASV and EPSV show: behind address translation
 * it is not what we listen on. */

#ifndef FTP_SHOWN_H
#define FTP_SHOWN_H

#include <stdint.h>

#include <skalibs/ip46.h>

struct session;

/* NULL, or what is wrong with FTP_PASV_ADDR, _ADDR_MAP, _OFFSET and _PEER. */
extern char const *shown_wrong(struct session *s);

/* The IPv4 address for this client, and the port for that one of ours. */
extern void shown_address(struct session const *s, ip46 *ip);
extern uint16_t shown_port(struct session const *s, uint16_t port);

#endif
