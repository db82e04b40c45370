/* The fields of a message that its parts are told apart by: RFC 5322 section 3.6. */

#include <string.h>
#include <strings.h>

#include "mime/envelope.h"
#include "mime/word.h"

static int
is(struct mime_event const *e, size_t len, char const *name)
{
	return strlen(name) == len && strncasecmp(e->s, name, len) == 0;
}

/* Of a field that is there twice the first counts. */
static void
keep(struct mime_envelope *v, struct mime_envelope_text *t, char const *s, size_t n)
{
	int bad = 0;

	if (t->n > 0) return;
	t->n = mime_word_decode(s, n, t->s, sizeof t->s, &bad);
	if (t->n <= MIME_ENVELOPE_TEXT) return;
	v->cut = 1;
	t->n = MIME_ENVELOPE_TEXT;
	while (t->n > 0 && ((unsigned char)t->s[t->n] & 0xc0) == 0x80) t->n--;
}

/* What stands before the parameters is not kept. */
static void
keep_type(struct mime_envelope *v, char const *s, size_t n)
{
	char const *semicolon = memchr(s, ';', n);

	if (v->typelen || !semicolon) return;
	v->typelen = n - (size_t)(semicolon - s);
	if (v->typelen > sizeof v->type) v->typelen = sizeof v->type;
	memcpy(v->type, semicolon, v->typelen);
}

static void
field(struct mime_envelope *v, struct mime_event const *e)
{
	char const *s = memchr(e->s, ':', e->n);
	char const *end = e->s + e->n;
	size_t len;

	if (!s) return;
	len = (size_t)(s - e->s);
	while (len > 0 && (e->s[len - 1] == ' ' || e->s[len - 1] == '\t')) len--;
	for (s++; s < end && (*s == ' ' || *s == '\t'); s++) {
	}
	while (end > s && (end[-1] == ' ' || end[-1] == '\t')) end--;
	if (is(e, len, "content-type")) keep_type(v, s, (size_t)(end - s));
	if (!v->root) return;
	if (is(e, len, "message-id"))
		keep(v, &v->id, s, (size_t)(end - s));
	else if (is(e, len, "subject"))
		keep(v, &v->subject, s, (size_t)(end - s));
	else if (is(e, len, "from"))
		keep(v, &v->from, s, (size_t)(end - s));
	else if (is(e, len, "date"))
		keep(v, &v->date, s, (size_t)(end - s));
}

static void
copy(struct mime_envelope_id *to, struct mime_envelope_text const *from)
{
	to->n = from->n < sizeof to->s ? from->n : sizeof to->s;
	memcpy(to->s, from->s, to->n);
}

void
mime_envelope_event(struct mime_envelope *v, struct mime_event const *e)
{
	if (e->kind == MIME_EVENT_BEGIN) {
		v->root = v->entered || !v->begun;
		v->entered = 0;
		v->id.n = v->subject.n = v->from.n = v->date.n = v->typelen = 0;
		v->cut = 0;
	} else if (e->kind == MIME_EVENT_FIELD) {
		field(v, e);
	} else if (e->kind == MIME_EVENT_HEAD) {
		if (!v->begun) {
			copy(&v->message, &v->id);
			copy(&v->sent, &v->date);
		}
		v->begun = 1;
		v->entered = e->part->container && e->part->class == MIME_CLASS_MSG;
	}
}
