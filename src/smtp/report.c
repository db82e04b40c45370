/* Reports: our own lines, and those of qmail-remote(8). */

#include <string.h>

#include <skalibs/types.h>

#include "smtp/report.h"

static int
put(buffer *b, char const *s)
{
	return buffer_puts(b, s) >= 0;
}

static int
put_code(buffer *b, unsigned int code)
{
	char fmt[UINT_FMT];

	return buffer_put(b, fmt, uint_fmt(fmt, code)) >= 0;
}

int
report_lines(buffer *b, struct addressees const *all)
{
	size_t i;

	for (i = 0; i < all->count; i++) {
		struct addressee const *a = &all->one[i];

		if (!put(b, a->address) || !put(b, "\t") || !put_code(b, a->outcome.code)
		    || !put(b, "\t") || !put(b, a->outcome.enhanced) || !put(b, "\t")
		    || !put(b, a->outcome.text) || !put(b, "\n"))
			return 0;
	}
	return buffer_flush(b);
}

static int
put_said(buffer *b, struct outcome const *o)
{
	return put(b, "Remote host said: ") && put_code(b, o->code) && put(b, " ")
	    && put(b, o->enhanced) && put(b, " ") && put(b, o->text) && put(b, "\n")
	    && buffer_put(b, "", 1) >= 0;
}

/* The outcome that stands for the message: an acceptance, else one to be tried again. */
static struct outcome const *
best(struct addressees const *all)
{
	struct outcome const *o = &all->one[0].outcome;
	size_t i;

	for (i = 0; i < all->count; i++)
		if (all->one[i].outcome.code < o->code) o = &all->one[i].outcome;
	return o;
}

int
report_qmail(buffer *b, struct addressees const *all, char const *host)
{
	static char const *const verdicts[][3] = { { "r", "K", " accepted message.\n" },
		{ "s", "Z", " cannot take the message now.\n" },
		{ "h", "D", " does not take the message.\n" } };
	size_t i;

	for (i = 0; i < all->count; i++) {
		struct outcome const *o = &all->one[i].outcome;
		size_t class = o->code / 100 == 2 ? 0 : o->code / 100 == 4 ? 1 : 2;

		if (!put(b, verdicts[class][0])) return 0;
		if (class == 0 && buffer_put(b, "", 1) < 0) return 0;
		if (class
		    && (!put(b, host) || !put(b, " does not like recipient.\n") || !put_said(b, o)))
			return 0;
	}
	i = best(all)->code / 100 == 2 ? 0 : best(all)->code / 100 == 4 ? 1 : 2;
	return put(b, verdicts[i][1]) && put(b, host) && put(b, verdicts[i][2])
	    && put_said(b, best(all)) && buffer_flush(b);
}

int
report_qmail_fault(buffer *b, unsigned int class, char const *why)
{
	return put(b, class == 4 ? "Z" : "D") && put(b, why)
	    && put(b, class == 4 ? ". (#4.3.5)\n" : ". (#5.3.5)\n") && buffer_put(b, "", 1) >= 0
	    && buffer_flush(b);
}

int
report_code(struct addressees const *all)
{
	int code = 0;
	size_t i;

	for (i = 0; i < all->count; i++) {
		unsigned int class = all->one[i].outcome.code / 100;

		if (class == 4) return 111;
		if (class != 2) code = 100;
	}
	return code;
}
