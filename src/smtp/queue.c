/* Messages for a queue that qmail-queue(8), or what stands in for it, keeps. */

#include <string.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>

#include "smtp/queue.h"
#include "smtp/replies.h"

enum { QUEUE_LONG = 11, QUEUE_REFUSED = 31, QUEUE_PERMANENT = 40, QUEUE_LONG_OLD = 115 };

static int
put(int fd, char const *s, size_t n)
{
	return allwrite(fd, s, n) == n;
}

static int
put_recipients(int fd, struct held const *h, unsigned int first, unsigned int count)
{
	unsigned int i;

	for (i = first; i < first + count; i++) {
		char const *s = h->text + h->begin[i];

		if (!put(fd, "T", 1) || !put(fd, s, strcspn(s, "\n")) || !put(fd, "", 1)) return 0;
	}
	return put(fd, "", 1);
}

int
queue_envelope(char const *dir, struct held const *h, char const *sender, unsigned int first,
    unsigned int count)
{
	int fd = arrival_spool(dir);

	if (fd == -1) return -1;
	if (put(fd, "F", 1) && put(fd, sender, strlen(sender) + 1)
	    && put_recipients(fd, h, first, count) && lseek(fd, 0, SEEK_SET) != -1)
		return fd;
	fd_close(fd);
	return -1;
}

enum arrival
queue_verdict(struct child_end const *end)
{
	if (end->how != CHILD_EXITED) return ARRIVAL_LATER;
	if (end->code == 0) return ARRIVAL_KEPT;
	if ((end->code >= QUEUE_LONG && end->code <= QUEUE_PERMANENT)
	    || end->code == QUEUE_LONG_OLD)
		return ARRIVAL_REFUSED;
	return ARRIVAL_LATER;
}

struct reply const *
queue_refusal(int code)
{
	if (code == QUEUE_LONG || code == QUEUE_LONG_OLD) return &r_long_address;
	return code == QUEUE_REFUSED ? &r_content : &r_refused;
}
