/* queue.h - a program with the interface of qmail-queue(8). */

#ifndef SMTP_QUEUE_H
#define SMTP_QUEUE_H

#include "lib/arrival.h"
#include "lib/reply.h"
#include "smtp/held.h"

/*
 * The envelope of count recipients from number first on, "F" sender 0 ("T"
 * recipient 0)... 0, as a new nameless file in dir, at offset 0, close-on-exec.
 * -1 with errno set.
 */
extern int queue_envelope(char const *dir, struct held const *h, char const *sender,
    unsigned int first, unsigned int count);

/* 0 is KEPT, 11 to 40 and 115 are REFUSED, any other end is LATER. */
extern enum arrival queue_verdict(struct child_end const *end);

/* The reply to a refusal with this exit code. */
extern struct reply const *queue_refusal(int code);

#endif
