/* received.h - our trace fields: RFC 5321 4.4. */

#ifndef SMTP_RECEIVED_H
#define SMTP_RECEIVED_H

#include <stddef.h>
#include <time.h>

struct session;

enum { RECEIVED_MAX = 3072 };

/*
 * Write Return-Path, if SMTP_RETURNPATH asks for it, and Received to out
 * (RECEIVED_MAX bytes), lines ended as those of s->intake. Every byte of Received
 * that did not come from us is made safe. Returns the length.
 */
extern size_t received_format(char *out, struct session const *s, time_t now);

#endif
