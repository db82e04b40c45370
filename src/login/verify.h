/* verify.h - does this password have that hash? */

#ifndef LOGIN_VERIFY_H
#define LOGIN_VERIFY_H

/* 1 if crypt(3) knows the kind of hash, so that a password may have it. */
extern int verify_usable(char const *hash);

/* 1 if password has hash, compared in constant time. */
extern int verify(char const *password, char const *hash);

#endif
