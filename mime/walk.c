/* The header of a message, line by line: RFC 5322 section 2.2, RFC 7103 section 7. */

#include <string.h>

#include <skalibs/allreadwrite.h>

#include "mime/find.h"
#include "mime/header.h"
#include "mime/walk.h"

/* Where it is decided whether lines end with CR. */
#define SNIFF 8192

/* Junk that is longer begins the body. */
#define JUNK 16383

/* Read more behind what there is. Returns 1, 0 if there is no more or no room, -1 on error. */
static int
more(struct mime_walk *k)
{
	ssize_t r;

	if (k->from > 0) memmove(k->window, k->window + k->from, k->have);
	k->from = 0;
	if (k->eof || k->have == MIME_WINDOW) return 0;
	r = fd_read(k->fd, k->window + k->have, MIME_WINDOW - k->have);
	if (r == -1) return -1;
	if (r == 0) k->eof = 1;
	k->have += (size_t)r;
	return r > 0;
}

int
mime_walk_begin(struct mime_walk *k, int fd)
{
	char const *lf;
	char const *cr;
	size_t n;
	int r = 1;

	memset(k, 0, offsetof(struct mime_walk, window));
	k->fd = fd;
	while (k->have < SNIFF && r == 1) r = more(k);
	if (r == -1) return 0;
	n = k->have < SNIFF ? k->have : SNIFF;
	lf = memchr(k->window, '\n', n);
	cr = memchr(k->window, '\r', n);
	if (lf)
		memcpy(k->eol, lf > k->window && lf[-1] == '\r' ? "\r\n" : "\n", 2);
	else
		k->eol[0] = cr ? '\r' : '\n';
	return 1;
}

static char
line_end(struct mime_walk const *k)
{
	return k->eol[0] == '\r' && !k->eol[1] ? '\r' : '\n';
}

/* The length of the line at offset at, with its end; 0 with *r 1 if there is no whole one. */
static size_t
line(struct mime_walk *k, size_t at, int *r)
{
	char end = line_end(k);
	size_t seen = at;

	for (*r = 1; *r == 1; *r = more(k)) {
		char const *s = k->window + k->from;
		char const *e = seen < k->have ? mime_find(s + seen, end, k->have - seen) : NULL;

		if (e) return (size_t)(e - s) + 1 - at;
		seen = k->have;
	}
	return *r == -1 ? 0 : k->have - at;
}

static size_t
without_end(char const *s, size_t n)
{
	if (n > 0 && s[n - 1] == '\n') n--;
	if (n > 0 && s[n - 1] == '\r') n--;
	return n;
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static int
all_blank(char const *s, size_t n)
{
	while (n > 0 && is_blank(s[n - 1])) n--;
	return n == 0;
}

/* The bytes of a field name and its colon at s; 0 if it begins no field: mime_header_naming. */
static size_t
name_len(char const *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] > ' ' && s[i] < 127 && s[i] != ':') i++;
	if (i == 0) return 0;
	while (i < n && is_blank(s[i])) i++;
	return i < n && s[i] == ':' ? i + 1 : 0;
}

static int
is_field(struct mime_walk *k)
{
	k->colon = name_len(k->s, k->text);
	if (k->colon == 0) return 0;
	k->name = k->colon - 1;
	while (k->name > 0 && is_blank(k->s[k->name - 1])) k->name--;
	return 1;
}

static enum mime_line
lead(struct mime_walk *k)
{
	if (k->fields) return MIME_LINE_FIELD;
	if (k->n >= 3 && memcmp(k->s, "\xef\xbb\xbf", 3) == 0) {
		k->n = k->text = 3;
		return MIME_LINE_LEAD;
	}
	if (k->n > 0 && k->text == 0) return MIME_LINE_LEAD;
	if (!k->mboxed
	    && ((k->text >= 5 && memcmp(k->s, "From ", 5) == 0)
	        || (k->text >= 6 && memcmp(k->s, ">From ", 6) == 0))) {
		k->mboxed = 1;
		return MIME_LINE_LEAD;
	}
	return MIME_LINE_FIELD;
}

/* A line that is no field: skipped if one follows. */
static enum mime_line
junk(struct mime_walk *k)
{
	size_t n = k->n;
	size_t after;
	int r;

	if (n > JUNK || (n > 1 && k->s[0] == '-' && k->s[1] == '-')) return MIME_LINE_OVER;
	after = line(k, n, &r);
	if (r == -1) return MIME_LINE_ERROR;
	k->s = k->window + k->from;
	return name_len(k->s + n, after) > 0 ? MIME_LINE_JUNK : MIME_LINE_OVER;
}

/* What the line at s is, but for the first ones. */
static enum mime_line
kind(struct mime_walk *k)
{
	if (k->n == 0) return MIME_LINE_OVER;
	if (k->fields && k->text > 0 && is_blank(*k->s)) return MIME_LINE_FOLD;
	if (all_blank(k->s, k->text)) {
		k->blank = 1;
		return MIME_LINE_OVER;
	}
	if (is_field(k)) {
		k->fields = 1;
		return MIME_LINE_FIELD;
	}
	return junk(k);
}

/* The lines there are that go on with the field after one that does: they may be millions. */
static void
gather(struct mime_walk *k)
{
	char const end = line_end(k);
	size_t i = k->n;

	while (i < k->have && is_blank(k->s[i])) {
		while (i < k->have && k->s[i] != end) i++;
		if (i == k->have) break;
		k->n = ++i;
	}
	k->text = without_end(k->s, k->n);
}

enum mime_line
mime_walk_next(struct mime_walk *k)
{
	enum mime_line what;
	int r;

	k->from += k->n;
	k->have -= k->n;
	k->n = line(k, 0, &r);
	k->s = k->window + k->from;
	k->text = without_end(k->s, k->n);
	if (r == -1) return MIME_LINE_ERROR;
	if (k->open) {
		what = MIME_LINE_MORE;
	} else {
		what = lead(k);
		if (what != MIME_LINE_LEAD) what = kind(k);
	}
	if (what == MIME_LINE_OVER) k->n = k->have;
	if (what == MIME_LINE_FOLD && k->gather && r == 1) gather(k);
	/* No line end, and yet not the end of the input: there was no room for more. */
	k->open = what != MIME_LINE_OVER && r == 0 && !k->eof;
	return what;
}
