/* message.h - FTP_MESSAGE: what a directory tells those who enter it. */

#ifndef FTP_MESSAGE_H
#define FTP_MESSAGE_H

struct session;

enum {
	MESSAGE_BYTES = 4096, /* read of the file */
	MESSAGE_LINES = 64
};

/*
 * Queue the lines of the working directory's message, if there is one, as the
 * beginning of a 250 reply whose last line the caller says.
 */
extern void message_say(struct session *s);

/* 1 if name may be the value of FTP_MESSAGE: one component. */
extern int message_name_ok(char const *name);

#endif
