/* users.h - the file of users: who may log in, by which hash, where, and how. */

#ifndef LOGIN_USERS_H
#define LOGIN_USERS_H

#include <stddef.h>

#include <skalibs/buffer.h>

/* A line is name:hash:home or name:hash:home:KEY=value,KEY=value. */
enum { USERS_LINE = 1024 /* its most bytes, the end included */ };

/* Its fields, each 0-terminated in the line they were cut from. */
struct user {
	char *name;
	char *hash;
	char *home;
	char *policy; /* "" if there is none */
};

struct users {
	int fd;
	buffer in;
	char space[4096];
	char line[USERS_LINE]; /* the last one read, without its end */
	size_t len;
	unsigned int number; /* of that line, from 1 */
};

enum users_line {
	USERS_ONE,   /* a user */
	USERS_OTHER, /* a comment or an empty line */
	USERS_END,   /* no more lines */
	USERS_LONG,  /* longer than USERS_LINE */
	USERS_ERROR  /* errno says why */
};

/*
 * Open file to be read. 1, or 0 with errno: EPERM if it is no regular file, or
 * if anybody but its owner may write it.
 */
extern int users_open(struct users *f, char const *file);

/* Read the next line and say what it is; users_parse cuts it up. */
extern enum users_line users_next(struct users *f);

/* The length of a line's first field, the name. */
extern size_t users_name(char const *line);

/*
 * Cut line into its fields. NULL, or what is wrong with it, for people: all
 * fields but the last must be there, be printable, and name and home not be
 * empty; the policy must be one that policy_ok of grant.h allows.
 */
extern char const *users_parse(char *line, struct user *u);

/* What is wrong with a field, for people, or NULL. */
extern char const *users_wrong_name(char const *name);
extern char const *users_wrong_home(char const *home);

#endif
