/* endpoint.h - addresses of data connections, those of one link too. */

#ifndef FTP_ENDPOINT_H
#define FTP_ENDPOINT_H

#include <stdint.h>

#include <skalibs/ip46.h>

/*
 * bind(2), with SO_REUSEADDR if the port is named, and connect(2). scope is the interface a
 * link-local IPv6 address (RFC 4007) belongs to; other addresses need none. 0,
 * or -1 with errno set.
 */
extern int endpoint_bind(int fd, ip46 const *ip, uint16_t port, uint32_t scope);
extern int endpoint_connect(int fd, ip46 const *ip, uint16_t port, uint32_t scope);

#endif
