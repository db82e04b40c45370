/* Replies on the wire: RFC 959 4.2, RFC 5321 4.2. */

#include <string.h>

#include <skalibs/types.h>
#include <skalibs/unix-timed.h>

#include "lib/reply.h"
#include "lib/safe.h"

static int
put(buffer *b, char const *s, size_t n, tain const *deadline)
{
	return buffer_timed_put_g(b, s, n, deadline) == n;
}

static int
put_line(buffer *b, unsigned int code, char sep, char const *text, tain const *deadline)
{
	char head[UINT_FMT + 1];
	size_t n = uint_fmt(head, code);

	head[n++] = sep;
	return put(b, head, n, deadline) && put(b, text, strlen(text), deadline)
	    && put(b, "\r\n", 2, deadline);
}

int
reply_put(buffer *b, struct reply const *r, tain const *deadline)
{
	return put_line(b, r->code, ' ', r->text, deadline);
}

int
reply_lead(buffer *b, unsigned int code, char const *text, tain const *deadline)
{
	return put_line(b, code, '-', text, deadline);
}

int
reply_body(buffer *b, char const *text, tain const *deadline)
{
	return put(b, " ", 1, deadline) && put(b, text, strlen(text), deadline)
	    && put(b, "\r\n", 2, deadline);
}

struct reply const *
reply_fill(struct reply *said, char *space, struct reply const *r, char const *foreign)
{
	size_t before = strcspn(r->text, "%");
	size_t after = r->text[before] ? strlen(r->text + before + 1) : 0;
	size_t n;

	memcpy(space, r->text, before);
	n = before
	    + safe_text(space + before, REPLY_TEXT - before - after, foreign, strlen(foreign));
	memcpy(space + n, r->text + before + (r->text[before] != 0), after + 1);
	said->code = r->code;
	said->text = space;
	return said;
}
