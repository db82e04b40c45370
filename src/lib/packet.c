/* One SOCK_SEQPACKET packet is one message: whole or not at all. */

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <skalibs/djbunix.h>

#include "lib/packet.h"

union control {
	struct cmsghdr align;
	char s[CMSG_SPACE(sizeof(int))];
};

int
packet_send(int socket, struct monitor_message const *msg, int fd)
{
	union control c;
	union {
		struct monitor_message const *in;
		void *out;
	} base = { .in = msg };
	struct iovec v = { .iov_base = base.out,
		.iov_len = offsetof(struct monitor_message, text) + msg->len };
	struct msghdr h = { .msg_iov = &v, .msg_iovlen = 1 };
	struct cmsghdr *cm;
	ssize_t r;

	if (fd != -1) {
		memset(&c, 0, sizeof c);
		h.msg_control = c.s;
		h.msg_controllen = sizeof c.s;
		cm = CMSG_FIRSTHDR(&h);
		cm->cmsg_level = SOL_SOCKET;
		cm->cmsg_type = SCM_RIGHTS;
		cm->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(cm), &fd, sizeof fd);
	}
	do r = sendmsg(socket, &h, MSG_NOSIGNAL);
	while (r == -1 && errno == EINTR);
	return r != -1;
}

/* CMSG_SPACE would let in two; CMSG_LEN has room for one, so a sender cannot plant more. */
static int
descriptor(struct msghdr *h)
{
	struct cmsghdr *cm = CMSG_FIRSTHDR(h);
	int fd = -1;

	if (cm && cm->cmsg_level == SOL_SOCKET && cm->cmsg_type == SCM_RIGHTS
	    && cm->cmsg_len == CMSG_LEN(sizeof fd))
		memcpy(&fd, CMSG_DATA(cm), sizeof fd);
	return fd;
}

int
packet_receive(int socket, struct monitor_message *msg, int *fd)
{
	size_t const head = offsetof(struct monitor_message, text);
	union control c;
	struct iovec v = { .iov_base = msg, .iov_len = sizeof *msg };
	struct msghdr h = { .msg_iov = &v,
		.msg_iovlen = 1,
		.msg_control = c.s,
		.msg_controllen = CMSG_LEN(sizeof *fd) };
	ssize_t r;

	*fd = -1;
	do r = recvmsg(socket, &h, MSG_CMSG_CLOEXEC);
	while (r == -1 && errno == EINTR);
	if (r <= 0) return (int)r;
	*fd = descriptor(&h);
	if ((size_t)r < head || (size_t)r - head != msg->len
	    || (h.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) || (msg->len && msg->text[msg->len - 1])) {
		if (*fd != -1) fd_close(*fd);
		*fd = -1;
		errno = EPROTO;
		return -1;
	}
	return 1;
}
