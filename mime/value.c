/* Values of fields: unfolded (RFC 5322 2.2.3), their encoded words decoded (RFC 2047). */

#include <string.h>
#include <strings.h>

#include "mime/token.h"
#include "mime/utf8.h"
#include "mime/value.h"
#include "mime/word.h"

/* Two marks without width that letters and signs are made of. */
static int
joins(uint32_t c)
{
	return c == 0x200c || c == 0x200d;
}

int
mime_value_safe(struct mime_sink *out, char const *s, size_t n)
{
	int done = 1;
	size_t i = 0;

	while (i < n && done) {
		char text[4];
		uint32_t c;
		size_t k = mime_utf8_get(&c, s + i, n - i);

		i += k ? k : 1;
		if (c == '\t') c = ' ';
		if (c < ' ' || c == 127 || (c > 127 && mime_utf8_hidden(c) && !joins(c)))
			c = MIME_UTF8_BAD;
		done = mime_sink_put(out, text, mime_utf8_put(text, c));
	}
	return done;
}

static void
keep(struct mime_values *v, char const *s, size_t n)
{
	size_t room = sizeof v->raw - v->kept;

	if (!v->name) return;
	if (n > room) v->cut = 1;
	n = n < room ? n : room;
	memcpy(v->raw + v->kept, s, n);
	v->kept += n;
}

static void
begin(struct mime_values *v, struct mime_walk const *k)
{
	unsigned int i;

	for (i = 0; i < v->n; i++) {
		/* Most differ in the first letter. */
		if (mime_lower(*v->names[i]) != mime_lower(*k->s)
		    || strncasecmp(v->names[i], k->s, k->name) != 0 || v->names[i][k->name])
			continue;
		v->name = v->names[i];
		keep(v, k->s + k->colon, k->text - k->colon);
		return;
	}
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The field that was being read is complete. */
static int
end(struct mime_values *v, struct mime_sink *out)
{
	char const *s = v->text;
	size_t n;

	if (!v->name) return 1;
	n = mime_word_decode(v->raw, v->kept, v->text, sizeof v->text, &v->bad);
	while (n > 0 && is_blank(*s)) {
		s++;
		n--;
	}
	while (n > 0 && is_blank(s[n - 1])) n--;
	if (v->n > 1 && !(mime_sink_puts(out, v->name) && mime_sink_puts(out, ": "))) return 0;
	v->name = NULL;
	v->kept = 0;
	v->found++;
	return mime_value_safe(out, s, n) && mime_sink_puts(out, "\n");
}

int
mime_values_put(struct mime_values *v, struct mime_walk *k, struct mime_sink *out)
{
	for (;;) {
		enum mime_line what;

		/* Of lines that are kept the line ends are not. */
		k->gather = !v->name || v->kept == sizeof v->raw;
		what = mime_walk_next(k);
		if (what == MIME_LINE_ERROR) return 0;
		if (what == MIME_LINE_FOLD || what == MIME_LINE_MORE) {
			keep(v, k->s, k->text);
			continue;
		}
		if (!end(v, out)) return -1;
		if (what == MIME_LINE_OVER) return 1;
		if (what == MIME_LINE_FIELD) begin(v, k);
	}
}
