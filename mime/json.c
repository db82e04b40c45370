/* One JSON object per part: RFC 8259. */

#include <stdio.h>
#include <string.h>

#include "mime/json.h"
#include "mime/utf8.h"

/* Fewer bytes hold neither a value that is too long nor 101 segments: ";x*0;x*1" is 496. */
#define SHORT 448

static size_t
unit(char *out, unsigned int u)
{
	return (size_t)snprintf(out, 8, "\\u%04x", u & 0xffff);
}

/* One character as it stands in a string. */
static size_t
escape(char *out, uint32_t c)
{
	if (c == '"' || c == '\\') {
		out[0] = '\\';
		out[1] = (char)c;
		return 2;
	}
	if (c == MIME_UTF8_BAD || (c >= ' ' && c < 127) || (c > 127 && !mime_utf8_hidden(c)))
		return mime_utf8_put(out, c);
	if (c < 0x10000) return unit(out, c);
	c -= 0x10000;
	return unit(out, 0xd800 + (c >> 10)) + unit(out + 6, 0xdc00 + (c & 0x3ff));
}

static int
quoted(struct mime_sink *k, char const *s, size_t n)
{
	size_t i = 0;

	if (!mime_sink_put(k, "\"", 1)) return 0;
	while (i < n) {
		char out[16];
		uint32_t c;
		size_t used = mime_utf8_get(&c, s + i, n - i);

		i += used ? used : 1;
		if (!mime_sink_put(k, out, escape(out, c))) return 0;
	}
	return mime_sink_put(k, "\"", 1);
}

static int
key(struct mime_sink *k, char const *name)
{
	return mime_sink_puts(k, ",\"") && mime_sink_puts(k, name) && mime_sink_puts(k, "\":");
}

static int
bytes(struct mime_sink *k, char const *name, char const *s, size_t n)
{
	if (!key(k, name)) return 0;
	return n == 0 ? mime_sink_puts(k, "null") : quoted(k, s, n);
}

static int
string(struct mime_sink *k, char const *name, char const *s)
{
	return bytes(k, name, s, strlen(s));
}

static int
number(struct mime_sink *k, char const *name, uint64_t v, int known)
{
	char s[24];

	(void)snprintf(s, sizeof s, "%llu", (unsigned long long)v);
	return key(k, name) && mime_sink_puts(k, known ? s : "null");
}

static int
codes(struct mime_sink *k, mime_codes set)
{
	char const *comma = "";
	unsigned int i;

	if (!key(k, "codes") || !mime_sink_put(k, "[", 1)) return 0;
	for (i = 0; i < MIME_CODES; i++) {
		char const *name = mime_code_name((enum mime_code)i);

		if (!(set >> i & 1)) continue;
		if (!mime_sink_puts(k, comma) || !quoted(k, name, strlen(name))) return 0;
		comma = ",";
	}
	return mime_sink_put(k, "]", 1);
}

/* The name of a parameter without the asterisks of RFC 2231, in lower case. */
static size_t
base(char *out, size_t max, struct mime_param const *x)
{
	size_t n = 0;

	for (; n < x->namelen && n + 1 < max && x->name[n] != '*'; n++) {
		out[n] = x->name[n];
		if (out[n] >= 'A' && out[n] <= 'Z') out[n] = (char)(out[n] + 32);
	}
	out[n] = 0;
	return n;
}

/* Whether an earlier parameter has this base name. */
static int
seen(struct mime_params const *p, size_t at, char const *name)
{
	char other[MIME_TOKEN_SIZE];
	size_t i;

	for (i = 0; i < at; i++) {
		base(other, sizeof other, p->list + i);
		if (strcmp(other, name) == 0) return 1;
	}
	return 0;
}

static void
parse(struct mime_params *p, struct mime_envelope const *v, struct mime_json *room)
{
	*p = (struct mime_params){ .list = room->list,
		.max = MIME_PARAMS,
		.text = room->text,
		.room = sizeof room->text };
	mime_params_parse(p, v->type, v->typelen);
}

/* The value of a parameter, whole characters of it; *cut if there is more. */
static size_t
value(struct mime_params const *p, char const *name, char *out, int *cut)
{
	size_t n = 0;
	int bad = 0;

	mime_params_text(p, name, out, MIME_NAME_ROOM, &n, &bad);
	if (bad & MIME_PARAM_CUT || n > MIME_NAME_SIZE) *cut = 1;
	if (n <= MIME_NAME_SIZE) return n;
	for (n = MIME_NAME_SIZE; n > 0 && ((unsigned char)out[n] & 0xc0) == 0x80;) n--;
	return n;
}

int
mime_json_cut(struct mime_envelope const *v, struct mime_json *room)
{
	struct mime_params p;
	char name[MIME_TOKEN_SIZE];
	char out[MIME_NAME_ROOM];
	int cut = v->root && v->cut;
	size_t i;

	if (v->typelen < SHORT) return cut;
	parse(&p, v, room);
	if (p.cut) return 1;
	for (i = 0; i < p.n && !cut; i++) {
		if (base(name, sizeof name, p.list + i) == 0 || seen(&p, i, name)) continue;
		value(&p, name, out, &cut);
	}
	return cut;
}

static int
params(struct mime_sink *k, struct mime_envelope const *v, struct mime_json *room)
{
	struct mime_params p;
	char const *comma = "";
	int cut = 0;
	size_t i;

	parse(&p, v, room);
	if (!mime_sink_puts(k, ",\"params\":{")) return 0;
	for (i = 0; i < p.n; i++) {
		char name[MIME_TOKEN_SIZE];
		char text[MIME_NAME_ROOM];
		size_t n;

		if (base(name, sizeof name, p.list + i) == 0 || seen(&p, i, name)) continue;
		n = value(&p, name, text, &cut);
		if (!mime_sink_puts(k, comma) || !quoted(k, name, strlen(name))
		    || !mime_sink_put(k, ":", 1) || !quoted(k, text, n))
			return 0;
		comma = ",";
	}
	return mime_sink_put(k, "}", 1);
}

static int
message(struct mime_sink *k, struct mime_envelope const *v)
{
	return bytes(k, "message_id", v->id.s, v->id.n)
	    && bytes(k, "subject", v->subject.s, v->subject.n)
	    && bytes(k, "from", v->from.s, v->from.n) && bytes(k, "date", v->date.s, v->date.n);
}

static int
begin(struct mime_sink *k, struct mime_form const *form, char const *name)
{
	if (!mime_sink_puts(k, "{")) return 0;
	if (form->message && !form->all
	    && !(mime_sink_puts(k, "\"file\":") && quoted(k, form->message, strlen(form->message))
	        && mime_sink_puts(k, ",")))
		return 0;
	return mime_sink_puts(k, name);
}

int
mime_json_put(struct mime_sink *k, struct mime_form const *form, struct mime_part const *part,
    struct mime_envelope const *v, struct mime_json *room)
{
	int leaf = !part->container;
	int placed = !part->coded;
	char cte[MIME_TOKEN_SIZE + 1];

	mime_record_cte(cte, part);
	return begin(k, form, "\"section\":") && quoted(k, part->section, strlen(part->section))
	    && string(k, "class", mime_class_name(part->class)) && string(k, "type", part->type)
	    && string(k, "charset", part->charset) && string(k, "cte", cte)
	    && string(k, "disposition", mime_record_disposition(part))
	    && number(k, "size", part->size, leaf)
	    && number(k, "header_offset", part->header, placed)
	    && number(k, "body_offset", part->body, placed)
	    && number(k, "end_offset", part->end, placed && leaf) && string(k, "cid", part->cid)
	    && codes(k, part->codes) && bytes(k, "name", part->name, part->namelen)
	    && mime_sink_puts(k, ",\"path\":null") && params(k, v, room)
	    && (!v->root || message(k, v)) && mime_sink_puts(k, "}")
	    && mime_sink_put(k, &form->end, 1);
}

int
mime_json_end(struct mime_sink *k, struct mime_form const *form, struct mime_last const *last)
{
	return begin(k, form, "\"end\":true") && number(k, "status", (uint64_t)last->status, 1)
	    && number(k, "bytes", last->bytes, 1) && (!last->sum || string(k, "sha256", last->sum))
	    && mime_sink_puts(k, "}") && mime_sink_put(k, &form->end, 1);
}
