/* Outcomes for recipients. */

#include <string.h>

#include "lib/safe.h"
#include "smtp/addressee.h"

void
outcome_fate(struct outcome *o, struct fate const *f, char const *more)
{
	static char const ours[] = "smtp-send: ";
	size_t n = sizeof ours - 1;

	o->code = f->code;
	o->ours = 1;
	memcpy(o->enhanced, f->enhanced, strlen(f->enhanced) + 1);
	memcpy(o->text, ours, n);
	n += safe_text(o->text + n, sizeof o->text - n, f->text, strlen(f->text));
	if (!more || n + 3 > sizeof o->text) return;
	o->text[n++] = ' ';
	safe_text(o->text + n, sizeof o->text - n, more, strlen(more));
}

size_t
addressee_count(struct addressees const *all, enum addressee_state state)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < all->count; i++) n += all->one[i].state == state;
	return n;
}

void
addressee_move(struct addressees *all, enum addressee_state from, enum addressee_state to)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		if (all->one[i].state == from) all->one[i].state = to;
}

void
addressee_settle(struct addressees *all, enum addressee_state state, struct outcome const *o)
{
	size_t i;

	for (i = 0; i < all->count; i++) {
		if (all->one[i].state != state) continue;
		all->one[i].state = ADDRESSEE_SETTLED;
		all->one[i].outcome = *o;
	}
}

void
addressee_settle_rest(struct addressees *all, struct outcome const *o)
{
	size_t i;

	for (i = 0; i < ADDRESSEE_SETTLED; i++) addressee_settle(all, (enum addressee_state)i, o);
}
