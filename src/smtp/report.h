/* report.h - what became of each recipient, told to whoever called. */

#ifndef SMTP_REPORT_H
#define SMTP_REPORT_H

#include <skalibs/buffer.h>

#include "smtp/addressee.h"

/*
 * One line for each, in their order: address, code, enhanced status code and
 * text, with a tab between them. 1, or 0 with errno set.
 */
extern int report_lines(buffer *b, struct addressees const *all);

/*
 * In the form of qmail-remote(8): for each recipient h (refused), s (not now), or r: as
 * the message, for which K (accepted), Z (not now) or D (refused) stands behind them.
 * Each has a text and a 0.
 */
extern int report_qmail(buffer *b, struct addressees const *all, char const *host);

/* One report of that form, for a message that went nowhere: class 4 for now, 5 for good. */
extern int report_qmail_fault(buffer *b, unsigned int class, char const *why);

/* 0: all accepted; 100: none to be tried again, but some refused; 111: some to be tried again. */
extern int report_code(struct addressees const *all);

#endif
