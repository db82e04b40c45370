/* longline.h - one line of LIST, as ls -l prints it. */

#ifndef FTP_LONGLINE_H
#define FTP_LONGLINE_H

#include <stdint.h>
#include <sys/stat.h>

#include "ftp/date.h"

enum { LONGLINE_OWNER = 32 /* longest name of an owner */ };

/* What the lines of a listing have in common. */
struct longline {
	int64_t now; /* seconds since 1970 */
	int local;   /* in the zone of zone.h, which has been read; else in UTC */
	struct date_day day;
	char const *owner; /* of all of them, and their group */
};

/* The owner whose lines show the numbers instead. */
#define LONGLINE_NUMBERS "num"

/* Put what stands before the name, a blank at its end, to p: the new end. */
extern char *longline_put(struct longline *l, char *p, struct stat const *st);

/* Put a name, each control byte of it as '?'. The new end. */
extern char *longline_name(char *p, char const *name);

#endif
