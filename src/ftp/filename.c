/*
 * FTP_NAME. The least that is safe: to be replaced by the rule mime-unpack
 * uses for the names of attachments, once that is a function of mime/.
 */

#include <string.h>

#include "ftp/filename.h"

void
filename_safe(char *out, char const *name)
{
	static char const unsafe[] = "\"*/:<>?\\|";
	size_t n = 0;

	if (*name == '.' || *name == '-' || *name == '~' || *name == 0) out[n++] = '_';
	for (; *name && n < FILENAME_SPACE - 1; name++) {
		unsigned char c = (unsigned char)*name;

		out[n++] = c < 0x20 || c == 0x7f || strchr(unsafe, c) ? '_' : *name;
	}
	out[n] = 0;
}
