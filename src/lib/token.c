/* SCM_RIGHTS: unix(7). */

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "lib/token.h"

union rights {
	struct cmsghdr head;
	char space[CMSG_SPACE(sizeof(int))];
};

int
token_send(int socket, char first, char second, int fd)
{
	char two[2] = { first, second };
	struct iovec v = { .iov_base = two, .iov_len = 2 };
	struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1 };
	union rights u;

	if (fd != -1) {
		memset(&u, 0, sizeof u);
		u.head.cmsg_level = SOL_SOCKET;
		u.head.cmsg_type = SCM_RIGHTS;
		u.head.cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(&u.head), &fd, sizeof fd);
		m.msg_control = &u;
		m.msg_controllen = CMSG_LEN(sizeof fd);
	}
	return sendmsg(socket, &m, MSG_NOSIGNAL) == 2;
}

int
token_receive(int socket, char *two, int *fd, int flags)
{
	union rights u;
	struct iovec v = { .iov_base = two, .iov_len = 2 };
	struct msghdr m = { .msg_iov = &v,
		.msg_iovlen = 1,
		.msg_control = &u,
		/* CMSG_SPACE would let in two. */
		.msg_controllen = CMSG_LEN(sizeof *fd) };
	struct cmsghdr *h;
	ssize_t r;

	*fd = -1;
	do r = recvmsg(socket, &m, flags | MSG_CMSG_CLOEXEC);
	while (r == -1 && errno == EINTR);
	if (r == -1 && errno == EAGAIN) return 0;
	if (r != 2) return -1;
	h = CMSG_FIRSTHDR(&m);
	if (h && h->cmsg_level == SOL_SOCKET && h->cmsg_type == SCM_RIGHTS
	    && h->cmsg_len == CMSG_LEN(sizeof *fd))
		memcpy(fd, CMSG_DATA(h), sizeof *fd);
	return 1;
}
