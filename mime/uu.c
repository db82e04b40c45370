/* uuencode, the historical algorithm of POSIX uuencode(1): the decoder. */

#include <string.h>

#include "mime/uu.h"

/* Blanks and a CR at the end of a line do not count. */
static size_t
trimmed(char const *s, size_t n)
{
	while (n > 0 && strchr(" \t\r", s[n - 1])) n--;
	return n;
}

int
mime_uu_begin(char const *line, size_t n, char const **name, size_t *len)
{
	size_t i = 6;

	n = trimmed(line, n);
	if (n < i || memcmp(line, "begin ", i) != 0) return 0;
	while (i < n && line[i] >= '0' && line[i] <= '7') i++;
	if (i < 9 || i > 10 || i == n || line[i] != ' ') return 0;
	while (line[i] == ' ') i++;
	*name = line + i;
	*len = n - i;
	return 1;
}

/* Of three bytes those that the line still has to give. */
static size_t
give(struct mime_uu *d, char *out)
{
	char three[3] = { (char)(d->bits >> 16), (char)(d->bits >> 8), (char)d->bits };
	size_t n = d->left < 3 ? d->left : 3;

	memcpy(out, three, n);
	d->left -= (unsigned int)n;
	d->held = 0;
	d->bits = 0;
	if (d->left == 0) d->state = MIME_UU_REST;
	return n;
}

static size_t
character(struct mime_uu *d, char c, char *out)
{
	if (c < ' ' || c > '`') {
		if (c != '\r') d->junk++;
		return 0;
	}
	d->bits = d->bits << 6 | ((unsigned int)(c - ' ') & 63);
	return ++d->held == 4 ? give(d, out) : 0;
}

/* Zeros for the blanks that are missing. */
static size_t
complete(struct mime_uu *d, char *out)
{
	size_t w = 0;

	while (d->state == MIME_UU_DATA) {
		d->bits <<= 6 * (4 - d->held);
		w += give(d, out + w);
	}
	return w;
}

/* The first character of a line of the file: how many bytes it stands for. */
static void
start(struct mime_uu *d, char c)
{
	d->left = (unsigned int)(c - ' ') & 63;
	if (c < ' ' || c > '`')
		d->state = MIME_UU_WORD;
	else
		d->state = d->left ? MIME_UU_DATA : MIME_UU_REST;
}

static void
remember(struct mime_uu *d, char c)
{
	if (d->words < MIME_UU_LONGEST) d->word[d->words] = c;
	if (d->words <= MIME_UU_LONGEST) d->words++;
}

/* The end of a line that is no data. */
static void
word(struct mime_uu *d)
{
	char const *name;
	int whole = d->words <= MIME_UU_LONGEST;
	size_t n = trimmed(d->word, whole ? d->words : MIME_UU_LONGEST);

	d->words = 0;
	if (d->state == MIME_UU_LOOK && mime_uu_begin(d->word, n, &name, &n))
		d->state = MIME_UU_START;
	else if (d->state == MIME_UU_WORD && whole && n == 3 && memcmp(d->word, "end", n) == 0)
		d->state = MIME_UU_OVER;
	else
		d->junk += n;
}

static size_t
line_end(struct mime_uu *d, char *out)
{
	size_t w = complete(d, out);

	if (d->state == MIME_UU_LOOK || d->state == MIME_UU_WORD) word(d);
	if (d->state == MIME_UU_REST || d->state == MIME_UU_WORD) d->state = MIME_UU_START;
	return w;
}

size_t
mime_uu_decode(struct mime_uu *d, char const *in, size_t n, char *out, size_t *w)
{
	size_t i;

	for (i = 0; i < n && d->state != MIME_UU_OVER; i++) {
		char c = in[i];

		if (c == d->end) {
			*w += line_end(d, out + *w);
			continue;
		}
		if (d->state == MIME_UU_DATA)
			*w += character(d, c, out + *w);
		else if (d->state == MIME_UU_START)
			start(d, c);
		if (d->state == MIME_UU_LOOK || d->state == MIME_UU_WORD) remember(d, c);
	}
	return i;
}

size_t
mime_uu_finish(struct mime_uu *d, char *out)
{
	size_t n = d->held > 0 ? d->held - 1 : 0;

	if (d->state != MIME_UU_DATA) return line_end(d, out);
	/* A line that was cut off lacks more than blanks. */
	if (n > d->left) n = d->left;
	d->bits <<= 6 * (4 - d->held);
	d->left = (unsigned int)n;
	return give(d, out);
}
