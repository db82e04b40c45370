/* Exit codes and the first line printed, as replies: RFC 3463. */

#include <string.h>

#include <skalibs/types.h>

#include "smtp/replies.h"
#include "smtp/result.h"

struct refusal {
	int code;
	struct reply reply;
};

static struct refusal const refusals[] = {
	{ 65, { 554, "5.6.0 Message refused" } },
	{ 67, { 550, "5.1.1 No such mailbox" } },
	{ 68, { 550, "5.1.2 No such host" } },
	{ 69, { 554, "5.3.0 Message refused" } },
	{ 76, { 554, "5.6.0 Message refused" } },
	{ 77, { 554, "5.7.1 Message refused" } },
	{ 112, { 554, "5.6.0 Message refused" } },
};

struct reply const *
result_usual(enum arrival verdict, int code)
{
	size_t i;

	if (verdict == ARRIVAL_LATER) return &r_later;
	if (verdict != ARRIVAL_REFUSED) return &r_kept;
	for (i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i].code == code) return &refusals[i].reply;
	return &r_refused;
}

/* "x.y.z " with the class digit given; returns its length with the blank, or 0. */
static size_t
enhanced(char const *s, char class)
{
	size_t n = 1;
	unsigned int group;

	if (s[0] != class) return 0;
	for (group = 0; group < 2; group++) {
		size_t digits;

		if (s[n] != '.') return 0;
		digits = strspn(s + n + 1, "0123456789");
		if (digits == 0 || digits > 3) return 0;
		n += digits + 1;
	}
	return s[n] == ' ' && s[n + 1] ? n + 1 : 0;
}

static struct reply const *
said_text(struct reply *said, char *space, unsigned int code, char const *text)
{
	size_t n = strlen(text);

	if (n > REPLY_TEXT - 1) n = REPLY_TEXT - 1;
	memcpy(space, text, n);
	space[n] = 0;
	said->code = code;
	said->text = space;
	return said;
}

/* The reply as the line has it, if that begins with codes of r's class; else NULL. */
static struct reply const *
coded(struct reply *said, char *space, struct reply const *r, char const *line)
{
	char class = (char)('0' + r->code / 100);
	unsigned int own;

	if (uint_scan(line, &own) == 3 && line[3] == ' ' && own / 100 == r->code / 100
	    && enhanced(line + 4, class))
		return said_text(said, space, own, line + 4);
	return enhanced(line, class) ? said_text(said, space, r->code, line) : NULL;
}

struct reply const *
result_text(struct reply *said, char *space, struct reply const *r, char const *line)
{
	char merged[REPLY_TEXT];
	size_t n = strlen(line);

	if (n == 0) return r;
	if (coded(said, space, r, line)) return said;
	if (n > REPLY_TEXT - 7) n = REPLY_TEXT - 7;
	memcpy(merged, r->text, 6);
	memcpy(merged + 6, line, n);
	merged[6 + n] = 0;
	return said_text(said, space, r->code, merged);
}

struct reply const *
result_kept(struct reply *said, char *space, char const *id, char const *line)
{
	size_t n;

	if (coded(said, space, &r_kept, line)) return said;
	reply_fill(said, space, &r_kept, id);
	n = strlen(space);
	if (*line && n + strlen(line) + 2 < REPLY_TEXT) {
		space[n] = ' ';
		memcpy(space + n + 1, line, strlen(line) + 1);
	}
	return said;
}
