/* The answer to Y: strings NAME=value, each ended by a 0, and one 0 more. */

#include <string.h>

#include <skalibs/allreadwrite.h>

#include "tls/changes.h"
#include "tls/report.h"

enum { REPORT_MOST = 4096 };

int
report_read(int fd, struct changes *c)
{
	char s[REPORT_MOST];
	size_t n = 0;
	size_t i;

	do {
		ssize_t r = n < sizeof s ? fd_read(fd, s + n, 1) : 0;

		if (r <= 0) return 0;
		n++;
	} while (n < 2 || s[n - 1] || s[n - 2]);
	for (i = 0; i < n - 1; i += strlen(s + i) + 1) {
		char *value = strchr(s + i, '=');

		if (!value) continue;
		*value = 0;
		if (!changes_add(c, s + i, value + 1)) return 0;
		*value = '=';
	}
	return 1;
}
