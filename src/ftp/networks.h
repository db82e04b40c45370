/* networks.h - addresses and networks named in a variable. */

#ifndef FTP_NETWORKS_H
#define FTP_NETWORKS_H

#include <skalibs/ip46.h>

/*
 * A network is an address, an address and a number of bits (10.0.0.0/8), or
 * the beginning of an IPv4 address up to a dot (192.168.), as tcprules has it.
 *
 * list: networks with commas between; also the words "exact", which adds
 * nobody, and "any", and "/24": who shares the first 24 bits with own, which
 * is nobody where own has fewer than are asked for. 1 if ip is in it, 0 if it
 * is not, -1 if the list is malformed.
 */
extern int networks_have(char const *list, ip46 const *own, ip46 const *ip);

/*
 * map: network=address with commas between; an empty network is everyone. 1
 * and the address of the first one ip is in, 0 if there is none, -1 if the map
 * is malformed or an address is not IPv4.
 */
extern int networks_map(char const *map, ip46 const *ip, ip46 *address);

#endif
