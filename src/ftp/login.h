/* login.h - who the client says it is. */

#ifndef FTP_LOGIN_H
#define FTP_LOGIN_H

struct session;

/* 1 if that is a name for which any password will do, where FTP_ANON lets it in. */
extern int login_anonymous(char const *name);

/* As after the greeting: nobody has logged in, and nothing has been asked for. */
extern void login_reset(struct session *s);

#endif
