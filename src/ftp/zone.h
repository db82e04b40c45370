/* zone.h - the local time zone, in a process that may open no file. */

#ifndef FTP_ZONE_H
#define FTP_ZONE_H

#include <stdint.h>

/* Read the zone that TZ names, or /etc/localtime: before the walls are closed. */
extern void zone_read(void);

/*
 * How many seconds its clocks are ahead of UTC at that moment, seconds since 1970.
 * Opens nothing once zone_read has been called. 0 where a year is beyond an int.
 */
extern int64_t zone_ahead(int64_t seconds);

#endif
