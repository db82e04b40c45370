/* report.h - what -v says of a delivery. */

#ifndef MAILDIR_REPORT_H
#define MAILDIR_REPORT_H

#include <stdint.h>

struct delivery;

/*
 * For each maildir of a delivery that is done and took us microseconds: its file, below
 * the maildir, on descriptor 1 for whoever called, the whole story on 2 for the log.
 */
extern void report_delivery(struct delivery const *d, uint64_t us);

#endif
