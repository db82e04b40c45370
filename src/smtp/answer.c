/* Replies of a server: RFC 5321 4.2, RFC 2034, RFC 3463. */

#include <string.h>

#include "lib/safe.h"
#include "smtp/answer.h"

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The code s begins with, if nothing but a separator follows it; 0 if none does. */
static unsigned int
scan_code(char const *s)
{
	if (s[0] < '2' || s[0] > '5' || !is_digit(s[1]) || !is_digit(s[2])) return 0;
	if (s[3] != 0 && s[3] != ' ' && s[3] != '-') return 0;
	return (unsigned int)(s[0] - '0') * 100 + (unsigned int)(s[1] - '0') * 10
	    + (unsigned int)(s[2] - '0');
}

/* "." and one to three digits; returns its length or 0. */
static size_t
scan_part(char const *s)
{
	size_t n = 1;

	if (s[0] != '.') return 0;
	while (n <= 3 && is_digit(s[n])) n++;
	return n > 1 ? n : 0;
}

/* Length of the enhanced status code s begins with, 0 if there is none of that class. */
static size_t
scan_enhanced(char const *s, unsigned int class)
{
	size_t subject, detail;

	if (s[0] != (char)('0' + class)) return 0;
	subject = scan_part(s + 1);
	detail = subject ? scan_part(s + 1 + subject) : 0;
	if (!detail) return 0;
	subject += 1 + detail;
	return s[subject] == 0 || s[subject] == ' ' ? subject : 0;
}

static void
keep(struct outcome *o, unsigned int code, char const *text)
{
	size_t n = scan_enhanced(text, code / 100);

	o->code = code;
	memcpy(o->enhanced, "0.0.0", 6);
	o->enhanced[0] = (char)('0' + code / 100);
	if (n) {
		memcpy(o->enhanced, text, n);
		o->enhanced[n] = 0;
		text += n;
		if (*text == ' ') text++;
	}
	safe_text(o->text, sizeof o->text, text, strlen(text));
}

static enum answer_end
bad(struct answer *a, char const *why)
{
	a->why = why;
	a->whole = 0;
	return ANSWER_BAD;
}

/* A whole line without NUL stands in space. */
static enum answer_end
take(struct answer *a)
{
	char const *s = a->space;
	unsigned int code = scan_code(s);

	if (!code || strchr(s, '\r')) return bad(a, "not a reply");
	if (a->lines && code != a->said.code) return bad(a, "the code changed within a reply");
	a->line = s[3] ? s + 4 : s + 3;
	if (!a->lines) keep(&a->said, code, a->line);
	if (++a->lines > ANSWER_LINES) return bad(a, "a reply of too many lines");
	a->whole = s[3] != '-';
	return a->whole ? ANSWER_WHOLE : ANSWER_ON;
}

enum answer_end
answer_feed(struct answer *a, char const *in, size_t len, size_t *used)
{
	*used = 0;
	if (a->why) return ANSWER_BAD;
	if (a->whole) a->lines = 0;
	a->whole = 0;
	a->reading.s = a->space;
	a->reading.max = sizeof a->space;
	switch (line_feed(&a->reading, in, len, used)) {
	case LINE_MORE: return ANSWER_MORE;
	case LINE_OK:
	case LINE_LF: return take(a);
	case LINE_NUL: return bad(a, "a NUL in a reply");
	case LINE_LONG:
	case LINE_FLOOD: return bad(a, "a reply line over 512 bytes");
	case LINE_ALIEN:
	case LINE_EOF:
	case LINE_TIMEOUT:
	case LINE_ENDED:
	case LINE_ERROR: break;
	}
	return ANSWER_MORE;
}
