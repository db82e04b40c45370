/* hosts.h - lists of domains: RCPTHOSTS. */

#ifndef SMTP_HOSTS_H
#define SMTP_HOSTS_H

/*
 * Is domain (lower case), or the whole mailbox, in the list? file is lines: a
 * domain, or .suffix for all below it; blanks at the end and lines that begin
 * with # do not count. A name that ends in .cdb is a cdb(5) file with the same
 * as keys, and whole mailboxes. 1 or 0; -1 with errno set when it cannot be read.
 */
extern int hosts_have(char const *file, char const *mailbox, char const *domain);

#endif
