/* One TAB-separated line per part. */

#include <string.h>

#include "mime/copy.h"
#include "mime/decimal.h"
#include "mime/record.h"
#include "mime/shown.h"
#include "mime/utf8.h"

/* The escape of one byte, or the byte itself; returns its length. */
static size_t
escape(char *out, unsigned char c)
{
	static char const hex[] = "0123456789abcdef";
	char const *at = strchr("\tt\nn\rr\\\\", c);

	out[0] = '\\';
	if (c && at && (at - "\tt\nn\rr\\\\") % 2 == 0) {
		out[1] = at[1];
		return 2;
	}
	out[1] = 'x';
	out[2] = hex[c >> 4];
	out[3] = hex[c & 15];
	return 4;
}

/* The next character of s, made safe; *used bytes of it. */
static size_t
safe(char *out, char const *s, size_t n, size_t *used)
{
	uint32_t c;
	size_t k = mime_utf8_get(&c, s, n);
	size_t w = 0;
	size_t i;

	*used = k ? k : 1;
	if (k > 0 && c >= ' ' && c != 127 && c != '\\' && (c < 128 || !mime_utf8_hidden(c))) {
		memcpy(out, s, k);
		return k;
	}
	for (i = 0; i < *used; i++) w += escape(out + w, (unsigned char)s[i]);
	return w;
}

/* As many of the n bytes at s as there is room for, if they are ASCII that shows as it is. */
static size_t
plain(struct mime_sink *k, char const *s, size_t n)
{
	char *w = k->s + k->n;
	size_t i = 0;

	if (n > MIME_SINK - k->n) n = MIME_SINK - k->n;
	if (mime_is_shown(s, n, '\\')) {
		mime_copy(w, s, n);
		k->n += n;
		return n;
	}
	for (; i < n && s[i] >= ' ' && s[i] < 127 && s[i] != '\\'; i++) w[i] = s[i];
	k->n += i;
	return i;
}

int
mime_record_text(struct mime_sink *k, char const *s, size_t n, size_t max)
{
	size_t columns = 0;
	size_t i = 0;

	while (i < n) {
		char out[16];
		size_t used = plain(k, s + i, max && n - i > max - columns ? max - columns : n - i);
		size_t w;

		if (used > 0) {
			columns += used;
			i += used;
			continue;
		}
		w = safe(out, s + i, n - i, &used);
		columns += w > 4 ? w : used == w ? 1 : w;
		if (max && columns > max) return mime_sink_puts(k, "...");
		if (!mime_sink_put(k, out, w)) return 0;
		i += used;
	}
	return 1;
}

static int
field(struct mime_sink *k, char const *s, size_t n)
{
	if (n == 0) return mime_sink_puts(k, "-\t");
	if (n == 1 && *s == '-') return mime_sink_puts(k, "\\-\t");
	return mime_record_text(k, s, n, 0) && mime_sink_put(k, "\t", 1);
}

static int
string(struct mime_sink *k, char const *s)
{
	return field(k, s, strlen(s));
}

static int
number(struct mime_sink *k, uint64_t v, int known)
{
	char s[MIME_DECIMAL + 1];
	size_t n;

	if (!known) return mime_sink_puts(k, "-\t");
	n = mime_decimal(s, v);
	s[n++] = '\t';
	return mime_sink_put(k, s, n);
}

static int
codes(struct mime_sink *k, mime_codes set)
{
	char const *comma = "";
	unsigned int i;

	if (!set) return mime_sink_puts(k, "-\t");
	for (i = 0; set >> i; i++) {
		if (!(set >> i & 1)) continue;
		if (!mime_sink_puts(k, comma)
		    || !mime_sink_puts(k, mime_code_name((enum mime_code)i)))
			return 0;
		comma = ",";
	}
	return mime_sink_put(k, "\t", 1);
}

void
mime_record_cte(char *out, struct mime_part const *part)
{
	char const *word = mime_cte_name(part->cte);

	if (part->cte == MIME_CTE_UNKNOWN) {
		*out++ = '?';
		word = part->token;
	}
	memcpy(out, word, strlen(word) + 1);
}

char const *
mime_record_disposition(struct mime_part const *part)
{
	static char const *const words[] = { "", "inline", "attachment" };

	return words[part->disposition];
}

static int
begin(struct mime_sink *k, struct mime_form const *form)
{
	if (form->all) return mime_sink_puts(k, "-\t");
	return !form->message || string(k, form->message);
}

int
mime_record_put(struct mime_sink *k, struct mime_form const *form, struct mime_part const *part,
    char const *path)
{
	int leaf = !part->container;
	int placed = !part->coded;
	char cte[MIME_TOKEN_SIZE + 1];

	mime_record_cte(cte, part);
	return begin(k, form) && string(k, part->section) && string(k, mime_class_name(part->class))
	    && string(k, part->type) && string(k, part->charset) && string(k, cte)
	    && string(k, mime_record_disposition(part)) && number(k, part->size, leaf)
	    && number(k, part->header, placed) && number(k, part->body, placed)
	    && number(k, part->end, placed && leaf) && string(k, part->cid) && codes(k, part->codes)
	    && field(k, part->name, part->namelen)
	    && mime_record_text(k, path ? path : "-", path ? strlen(path) : 1, 0)
	    && mime_sink_put(k, &form->end, 1);
}

int
mime_record_warning(struct mime_sink *k, struct mime_form const *form, struct mime_event const *e)
{
	static char const *const levels[] = { "notice", "damage", "limit" };

	return begin(k, form) && string(k, e->part->section) && number(k, e->offset, 1)
	    && string(k, levels[e->level]) && string(k, mime_code_name(e->code))
	    && mime_sink_puts(k, mime_code_text(e->code)) && mime_sink_put(k, &form->end, 1);
}

int
mime_record_end(struct mime_sink *k, struct mime_form const *form, struct mime_last const *last)
{
	char bytes[MIME_DECIMAL];

	return begin(k, form) && mime_sink_puts(k, ".\t") && number(k, (uint64_t)last->status, 1)
	    && mime_sink_put(k, bytes, mime_decimal(bytes, last->bytes))
	    && (!last->sum || (mime_sink_put(k, "\t", 1) && mime_sink_puts(k, last->sum)))
	    && mime_sink_put(k, &form->end, 1);
}
