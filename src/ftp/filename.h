/* filename.h - FTP_NAME: a name fit to be used as a file name. */

#ifndef FTP_FILENAME_H
#define FTP_FILENAME_H

enum { FILENAME_SPACE = 256 };

/*
 * name, the last component of a path, made safe, to out (FILENAME_SPACE bytes).
 * The one place where ftp-session applies the file name rule.
 */
extern void filename_safe(char *out, char const *name);

#endif
