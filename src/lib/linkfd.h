/* linkfd.h - a name for an open file that has none, or for one whose name is not known. */

#ifndef LIB_LINKFD_H
#define LIB_LINKFD_H

/*
 * The file of fd gets the name in the directory dir: 1, or 0 with errno of
 * linkat(2), EEXIST among them. ENOENT is also what a kernel says that was not
 * asked by who opened the file, where there is no /proc either.
 */
extern int link_fd(int fd, int dir, char const *name);

#endif
