/* verify.h - does this password have that hash? */

#ifndef LOGIN_VERIFY_H
#define LOGIN_VERIFY_H

/* 1 if crypt(3) knows the kind of hash, so that a password may have it. */
extern int verify_usable(char const *hash);

enum verify {
	VERIFY_RIGHT,
	VERIFY_WRONG,
	VERIFY_FAILED /* no memory to find out with, or not a whole hash of its kind */
};

/* Has password that hash? Compared in constant time. */
extern enum verify verify(char const *password, char const *hash);

#endif
