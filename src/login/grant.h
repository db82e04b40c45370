/* grant.h - the policy a user's line may set: KEY=value,KEY=value. */

#ifndef LOGIN_GRANT_H
#define LOGIN_GRANT_H

/* 1 if every KEY is one that may be set, and has a printable value. */
extern int grant_ok(char const *policy);

/* Put them into the environment; policy is cut up and stays in use. 1, or 0 with errno. */
extern int grant(char *policy);

/* The names that may be set, a blank between. */
extern char const grant_names[];

#endif
