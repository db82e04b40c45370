/* A header field being written: RFC 5322 2.2.3. */

#include <string.h>

#include "smtp/fold.h"

void
fold_text(struct fold *f, char const *s)
{
	size_t n = strlen(s);

	memcpy(f->s + f->n, s, n);
	f->n += n;
}

void
fold_foreign(struct fold *f, char const *s, size_t most)
{
	static char const ok[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@%+/=:-[]_";
	size_t n;

	for (n = 0; n < most && s[n]; n++) f->s[f->n++] = strchr(ok, s[n]) ? s[n] : '?';
}

static void
end_line(struct fold *f)
{
	fold_text(f, f->crlf ? "\r\n" : "\n");
	f->line = f->n;
	f->word = f->n;
}

static void
continue_line(struct fold *f)
{
	end_line(f);
	f->s[f->n++] = '\t';
	f->word = f->n;
}

/* The word is complete: it goes to a line of its own if this one is too long. */
static void
settle(struct fold *f)
{
	size_t len = f->n - f->word;

	if (f->n - f->line <= FOLD_WIDTH || f->word < f->line + 2) return;
	/* The blank before it becomes the tab of the new line. */
	memmove(f->s + f->word + 1 + (f->crlf != 0), f->s + f->word, len);
	f->n = f->word - 1;
	continue_line(f);
	f->n += len;
}

void
fold_blank(struct fold *f)
{
	settle(f);
	f->s[f->n++] = ' ';
	f->word = f->n;
}

void
fold_line(struct fold *f)
{
	settle(f);
	continue_line(f);
}

void
fold_end(struct fold *f)
{
	settle(f);
	end_line(f);
}
