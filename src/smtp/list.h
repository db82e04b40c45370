/* list.h - lists that the administrator keeps in a file or a cdb. */

#ifndef SMTP_LIST_H
#define SMTP_LIST_H

/*
 * Is one of keys (ends with NULL) in the list? A name that ends in .cdb is a
 * cdb(5) file with these keys, byte for byte. Any other is lines, which are
 * compared without case; blanks at their end and lines that begin with # do not
 * count. 1 or 0; -1 with errno set when it cannot be read.
 */
extern int list_have(char const *file, char const *const *keys);

#endif
