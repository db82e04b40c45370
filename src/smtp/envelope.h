/* envelope.h - what MAIL and RCPT share. */

#ifndef SMTP_ENVELOPE_H
#define SMTP_ENVELOPE_H

#include "lib/reply.h"
#include "smtp/param.h"
#include "smtp/path.h"

struct session;

/* In what they differ. */
struct side {
	char const *keyword; /* "FROM" or "TO" */
	unsigned int rules;  /* for path_parse; policy's are added */
	enum param_result (*parse)(struct param *p, char *s, struct param_terms const *t);
	struct reply const *want; /* without the keyword */
	struct reply const *bad;  /* what follows it is no path */
};

/*
 * Parse the argument "FROM:path params" or "TO:path params": the path into p,
 * and *params is where the parameters begin. NULL, or the reply that refuses it.
 * p->utf8 is left to the caller.
 */
extern struct reply const *envelope_path(
    struct session *s, struct side const *side, char *arg, struct path *p, char **params);

/* Parse params, which is changed, into p. NULL, or the reply that refuses them. */
extern struct reply const *envelope_params(
    struct session *s, struct side const *side, struct param *p, char *params);

/* Log that the path given to that verb is not as the RFC writes it. */
extern void envelope_odd(struct session const *s, char const *verb, struct path const *p);

#endif
