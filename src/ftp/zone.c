/* tzset(3) has the file mapped or copied; localtime_r(3) then does with that. */

#include <time.h>

#include "ftp/zone.h"

void
zone_read(void)
{
	tzset();
}

int64_t
zone_ahead(int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	return localtime_r(&t, &tm) ? tm.tm_gmtoff : 0;
}
