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
	if (o->ours)
		return put(b, o->text) && put(b, ". (#") && put(b, o->enhanced) && put(b, ")\n")
		    && buffer_put(b, "", 1) >= 0;
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

static struct verdict {
	char const *recipient, *message;
	char const *text;
} const verdicts[] = { { "r", "K", " accepted message.\n" },
	{ "s", "Z", " cannot take the message now.\n" },
	{ "h", "D", " does not take the message.\n" } };

static struct verdict const *
verdict(struct outcome const *o)
{
	return &verdicts[o->code / 100 == 2 ? 0 : o->code / 100 == 4 ? 1 : 2];
}

/* Who shares the fate of the message is an r: that is told once, behind them all. */
static int
put_recipient(buffer *b, struct addressee const *a, struct verdict const *message, char const *host)
{
	struct verdict const *v = verdict(&a->outcome);

	if (v == message && !a->refused) return buffer_put(b, "r", 2) >= 0;
	return put(b, v->recipient) && put(b, host)
	    && put(b, a->refused ? " does not like recipient.\n" : v->text)
	    && put_said(b, &a->outcome);
}

int
report_qmail(buffer *b, struct addressees const *all, char const *host)
{
	struct outcome const *o = best(all);
	struct verdict const *v = verdict(o);
	size_t i;

	for (i = 0; i < all->count; i++)
		if (!put_recipient(b, &all->one[i], v, host)) return 0;
	return put(b, v->message) && put(b, host) && put(b, v->text) && put_said(b, o)
	    && buffer_flush(b);
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
