/* Return-Path and Received: who, from where, to whom, when. RFC 5321 4.4. */

#include <string.h>

#include <skalibs/types.h>

#include "mime/date.h"
#include "smtp/addrspec.h"
#include "smtp/fold.h"
#include "smtp/protocol.h"
#include "smtp/received.h"
#include "smtp/session.h"

enum { NAME_MOST = 255, ID_MOST = 40 };

static void
put_name(struct fold *f, char const *name)
{
	if (*name)
		fold_foreign(f, name, NAME_MOST);
	else
		fold_text(f, "unknown");
}

/* RFC 5321's TCP-info, with the port: what finds a client behind NAT. */
static void
put_peer(struct fold *f, struct peer const *p)
{
	char port[UINT_FMT];

	port[uint_fmt(port, p->port)] = 0;
	fold_text(f, "(");
	put_name(f, p->host);
	fold_blank(f);
	fold_text(f, "[");
	fold_foreign(f, p->text, NAME_MOST);
	fold_text(f, "]:");
	fold_text(f, port);
	fold_text(f, ")");
}

/* What who ends TLS for us has told. */
static void
put_tls(struct fold *f, struct session const *s)
{
	struct starttls const *t = &s->tls;

	if (!(s->state & S_TLS) || !t->protocol[0] || !t->cipher[0]) return;
	fold_blank(f);
	fold_text(f, "(");
	fold_foreign(f, t->protocol, STARTTLS_WORD);
	fold_blank(f);
	fold_foreign(f, t->cipher, STARTTLS_WORD);
	fold_text(f, ")");
}

static void
put_return_path(struct fold *f, struct path const *from)
{
	char address[ADDRSPEC_MAX];

	addrspec_format(address, from->mailbox, from->local);
	fold_text(f, "Return-Path: <");
	fold_text(f, address);
	fold_text(f, ">");
	fold_end(f);
}

size_t
received_format(char *out, struct session const *s, time_t now)
{
	struct fold f = { .s = out, .crlf = s->intake.dot.crlf };
	char date[MIME_DATE_SIZE];

	if (s->policy[SMTP_RETURNPATH].number) put_return_path(&f, &s->tx.from);
	fold_text(&f, "Received: from");
	fold_blank(&f);
	put_name(&f, s->helo);
	fold_blank(&f);
	put_peer(&f, &s->peer);
	fold_line(&f);
	fold_text(&f, "by");
	fold_blank(&f);
	fold_foreign(&f, s->name, NAME_MOST);
	fold_blank(&f);
	fold_text(&f, "with ");
	fold_text(&f, protocol_name(s));
	put_tls(&f, s);
	fold_blank(&f);
	fold_text(&f, "id ");
	fold_foreign(&f, s->intake.id, ID_MOST);
	if (s->tx.to[0]) {
		fold_line(&f);
		fold_text(&f, "for <");
		fold_foreign(&f, s->tx.to, MAILBOX_MAX);
		fold_text(&f, ">");
	}
	fold_text(&f, ";");
	fold_line(&f);
	mime_date_format(date, now);
	fold_text(&f, date);
	fold_end(&f);
	return f.n;
}
