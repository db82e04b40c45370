/* verdicts.h - everything maildir-deliver can answer when it does not deliver. */

#ifndef MAILDIR_VERDICTS_H
#define MAILDIR_VERDICTS_H

struct verdict {
	int code;           /* exit code: 100 never, 111 try again */
	int sysexit;        /* the same for -e, from sysexits.h */
	char const *status; /* RFC 3463 */
	char const *text;   /* what the sender may be told: no path, no errno */
};

/* 100: this message, or this command line, will never do. */
static struct verdict const v_usage = { 100, 64, "5.3.5", "System incorrectly configured" };
static struct verdict const v_root = { 100, 64, "5.3.5", "System incorrectly configured" };
static struct verdict const v_unknown = { 100, 67, "5.1.1", "No such mailbox" };
static struct verdict const v_full_for_good = { 100, 73, "5.2.2", "Mailbox full" };
static struct verdict const v_big = { 100, 69, "5.3.4", "Message too big" };
static struct verdict const v_loop = { 100, 69, "5.4.6", "Routing loop" };
static struct verdict const v_extra = { 100, 69, "5.6.0", "Data after the end of the message" };

/* 111: the same message may be taken later. */
static struct verdict const v_nobox = { 111, 75, "4.2.1", "No such mailbox" };
static struct verdict const v_full = { 111, 75, "4.2.2", "Mailbox full" };
static struct verdict const v_local = { 111, 75, "4.3.0", "Mail system problem" };
static struct verdict const v_cut = { 111, 75, "4.3.0", "Incomplete message" };
static struct verdict const v_empty = { 111, 75, "4.3.0", "Empty message" };
static struct verdict const v_signal = { 111, 75, "4.3.0", "Delivery interrupted" };
static struct verdict const v_disk = { 111, 75, "4.3.1", "Disk full" };
static struct verdict const v_device = { 111, 75, "4.3.5", "Mailbox incorrectly configured" };
static struct verdict const v_many = { 111, 75, "4.5.3", "Too many recipients" };

#endif
