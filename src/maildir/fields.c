/* Trace fields: from the environment, one line each, never more than one. */

#include <stdlib.h>
#include <string.h>

#include "maildir/fields.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

static char const return_path[] = "Return-Path: ";
static char const delivered_to[] = "Delivered-To: ";

/* qmail's variables hold a whole line: its value, without the LF. */
static struct recipient
value_of(char const *variable, char const *name)
{
	char const *s = getenv(variable);
	size_t n = strlen(name);

	if (s == NULL || strncmp(s, name, n) != 0) return (struct recipient){ NULL, 0 };
	return (struct recipient){ s + n, strcspn(s + n, "\n") };
}

struct recipient
fields_recipient(struct recipient const *to)
{
	char const *s = getenv("RECIPIENT");

	if (to->s != NULL) return *to;
	if (s != NULL) return (struct recipient){ s, strlen(s) };
	return value_of("DTLINE", delivered_to);
}

static int
put(struct fields *f, struct recipient const *piece, struct trouble *why)
{
	size_t i;

	if (piece->n > sizeof f->s - f->n)
		return trouble_say(why, &v_usage, "too long:", "-D -O -R");
	for (i = 0; i < piece->n; i++) {
		unsigned char c = (unsigned char)piece->s[i];

		f->s[f->n++] = c < 32 || c == 127 ? '_' : (char)c;
	}
	return 1;
}

static int
line(struct fields *f, char const *name, char const *before, struct recipient value,
    char const *after, struct trouble *why)
{
	struct recipient pieces[] = { { name, strlen(name) }, { before, strlen(before) }, value,
		{ after, strlen(after) } };
	size_t start = f->n;
	size_t i;

	if (value.s == NULL) return trouble_say(why, &v_usage, "no value in $ for", name);
	for (i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
		if (!put(f, &pieces[i], why)) return 0;
	if (f->n - start >= FIELD_LINE) return trouble_say(why, &v_usage, "too long:", name);
	f->s[f->n++] = '\n';
	return 1;
}

static int
put_return_path(struct fields *f, struct trouble *why)
{
	char const *sender = getenv("SENDER");

	if (sender == NULL)
		return line(f, return_path, "", value_of("RPLINE", return_path), "", why);
	return line(f, return_path, "<", (struct recipient){ sender, strlen(sender) }, ">", why);
}

int
fields_make(struct fields *f, int which, struct recipient const *to, struct trouble *why)
{
	char const *original = getenv("ORIGINAL_RECIPIENT");

	f->n = 0;
	if ((which & FIELD_RETURN_PATH) && !put_return_path(f, why)) return 0;
	if ((which & FIELD_ORIGINAL_TO) && original != NULL
	    && !line(f, "X-Original-To: ", "", (struct recipient){ original, strlen(original) }, "",
	        why))
		return 0;
	return !(which & FIELD_DELIVERED_TO)
	    || line(f, delivered_to, "", fields_recipient(to), "", why);
}
