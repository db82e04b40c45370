/* The recipients of a transaction, kept by the monitor. */

#include <string.h>

#include <skalibs/djbunix.h>
#include <skalibs/types.h>

#include "smtp/held.h"

void
held_forget(struct held *h)
{
	if (h->spool != -1) fd_close(h->spool);
	h->spool = -1;
	h->still = 0;
	h->len = 0;
	h->count = 0;
	h->commands = 0;
	h->answered = 0;
}

int
held_from(struct held *h, char const *sender)
{
	size_t n = strlen(sender);

	if (h->commands) return strcmp(h->sender, sender) == 0;
	if (n >= sizeof h->sender) return 0;
	memcpy(h->sender, sender, n + 1);
	return 1;
}

/* Which recipient that is; h->count if it is none yet. */
static unsigned int
find(struct held const *h, char const *mailbox, size_t n)
{
	unsigned int i;

	for (i = 0; i < h->count; i++) {
		char const *have = h->text + h->begin[i];

		if (strncmp(have, mailbox, n) == 0 && have[n] == '\n') break;
	}
	return i;
}

static int
add(struct held *h, char const *mailbox, size_t n, struct monitor_message const *m)
{
	if (n + 1 > sizeof h->text - h->len || !rcptparam_keep(&h->params, h->count, m)) return 0;
	h->kept[h->count] = 0;
	h->begin[h->count++] = (uint32_t)h->len;
	memcpy(h->text + h->len, mailbox, n);
	h->len += n;
	h->text[h->len++] = '\n';
	return 1;
}

int
held_room(struct held const *h, char const *mailbox, unsigned int most)
{
	return h->count < most || find(h, mailbox, strlen(mailbox)) < h->count;
}

int
held_keep(struct held *h, char const *mailbox, struct monitor_message const *m, unsigned int most)
{
	size_t n = strlen(mailbox);
	unsigned int which = find(h, mailbox, n);

	if (h->commands >= RECIPIENTS_MAX) return 0;
	if (which == h->count && (h->count >= most || !add(h, mailbox, n, m))) return 0;
	h->named[h->commands++] = which;
	return 1;
}

int
held_drop(struct held *h)
{
	if (h->commands >= RECIPIENTS_MAX) return 0;
	h->named[h->commands++] = HELD_DROPPED;
	return 1;
}

int
held_environment(struct held const *h, unsigned int first, unsigned int count, stralloc *e)
{
	char const *s = h->text + h->begin[first];
	size_t end = first + count < h->count ? h->begin[first + count] : h->len;
	size_t n = end - h->begin[first] - 1;
	char fmt[UINT_FMT];

	if (!rcptparam_environment(&h->params, first, count, e) || !stralloc_cats(e, "RECIPIENTS=")
	    || !stralloc_catb(e, s, n) || !stralloc_0(e) || !stralloc_cats(e, "NRECIPIENT=")
	    || !stralloc_catb(e, fmt, uint_fmt(fmt, count)) || !stralloc_0(e))
		return 0;
	if (count != 1) return 1;
	return stralloc_cats(e, "RECIPIENT=") && stralloc_catb(e, s, n) && stralloc_0(e);
}
