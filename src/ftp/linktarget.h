/* linktarget.h - what a symbolic link made by a client may point to. Pure. */

#ifndef FTP_LINKTARGET_H
#define FTP_LINKTARGET_H

/*
 * 1 if target is relative and leads nowhere above the root from a link at the
 * absolute, normalised path, whatever links there are on its way: all its ".."
 * come first, and are no more than path has directories. No control bytes.
 */
extern int linktarget_ok(char const *target, char const *path);

#endif
