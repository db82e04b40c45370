/* packet.h - a monitor message on the socket between the two processes. */

#ifndef LIB_PACKET_H
#define LIB_PACKET_H

#include "lib/monitor.h"

/* Send msg, and fd with it unless that is -1. 1, or 0 with errno set. */
extern int packet_send(int socket, struct monitor_message const *msg, int fd);

/*
 * Receive one message, checked for length; *fd is the descriptor that came
 * with it, close-on-exec, or -1. 1; 0 at the end; -1 with errno set, EPROTO
 * for a packet that is not a message.
 */
extern int packet_receive(int socket, struct monitor_message *msg, int *fd);

#endif
