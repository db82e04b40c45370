/* login.h - who the client says it is. */

#ifndef FTP_LOGIN_H
#define FTP_LOGIN_H

struct session;

/* As after the greeting: nobody has logged in, and nothing has been asked for. */
extern void login_reset(struct session *s);

#endif
