/* confine.h - a process that can do no more than it was made for. */

#ifndef LIB_CONFINE_H
#define LIB_CONFINE_H

#include <stdint.h>

/* Which files may still be reached, all below one directory. */
enum confine_files {
	CONFINE_NONE, /* nothing can be opened by name */
	CONFINE_READ, /* files and directories are read */
	CONFINE_DROP, /* files are read, written and made, directories made */
	CONFINE_ADD,  /* the same, and directories read */
	CONFINE_WRITE /* and all of it renamed and removed */
};

/*
 * For FTP: nothing on disk is changed; files are added; modes and times, which
 * Landlock does not look at, are changed too; and symbolic links made. CONFINE_LOGIN:
 * only what every talker does. CONFINE_SEND: a client that reads one file more.
 * CONFINE_TLS: memory and processes without new programs, for a library of cryptography.
 */
enum confine_calls {
	CONFINE_SMTP,
	CONFINE_SEND,
	CONFINE_FTP_READ,
	CONFINE_FTP_ADD,
	CONFINE_FTP_CHANGE,
	CONFINE_FTP_LINKS,
	CONFINE_LOGIN,
	CONFINE_TLS
};

struct confinement {
	enum confine_files files;
	int root;                 /* the directory, open; used unless files is CONFINE_NONE */
	enum confine_calls calls; /* which filter of system calls */
	unsigned int ports_lo;    /* TCP ports that may be bound, 0 to 0: any free one; */
	unsigned int ports_hi;    /* more than 64 of them are not enforced */
	int listens;              /* 0: no port may be bound at all */
};

/* What was not to be had, as bits. */
enum { CONFINE_NO_LANDLOCK = 1, CONFINE_NO_SECCOMP = 2 };

/*
 * Confine this process for good: no new privileges, no core, 16 descriptors,
 * Landlock (files, and TCP ports from ABI 4), then the filter. A call the
 * filter forbids is told to the monitor (or, where there is none, logged) and
 * ends the process with 111. missing gets the bits above. 1, or 0 with errno
 * set: the process is then in an unknown state and must end.
 */
extern int confine(struct confinement const *c, unsigned int *missing);

/* The name of a system call of this machine, or "?". */
extern char const *confine_name(uint32_t number);

#endif
