/* Fields a message must have and came without: RFC 5322 3.6, RFC 6409 8. */

#include "smtp/complete.h"
#include "mime/date.h"
#include "smtp/fold.h"
#include "smtp/session.h"

enum { NAME_MOST = 255 };

static void
put_date(struct fold *f, time_t now)
{
	char date[MIME_DATE_SIZE];

	mime_date_format(date, now);
	fold_text(f, "Date: ");
	fold_text(f, date);
	fold_end(f);
}

static void
put_message_id(struct fold *f, struct session const *s)
{
	fold_text(f, "Message-ID: <");
	fold_text(f, s->intake.id);
	fold_text(f, "@");
	fold_foreign(f, s->name, NAME_MOST);
	fold_text(f, ">");
	fold_end(f);
}

/* The sender; a name alone is one of ours, and nobody is our MAILER-DAEMON. */
static void
put_from(struct fold *f, struct session const *s)
{
	char address[ADDRSPEC_MAX];
	int none = addrspec_format(address, s->tx.from.mailbox, s->tx.from.local) == 0;

	fold_text(f, "From: <");
	fold_text(f, none ? "MAILER-DAEMON" : address);
	if (!s->tx.from.domain) {
		fold_text(f, "@");
		fold_foreign(f, s->name, NAME_MOST);
	}
	fold_text(f, ">");
	fold_end(f);
}

size_t
complete_format(char *out, struct session const *s, time_t now)
{
	struct fold f = { .s = out, .crlf = s->intake.dot.crlf };
	struct fields const *have = &s->intake.fields;

	if (!(have->seen & FIELDS_DATE)) put_date(&f, now);
	if (!(have->seen & FIELDS_MESSAGE_ID)) put_message_id(&f, s);
	if (!(have->seen & FIELDS_FROM)) put_from(&f, s);
	if (have->state != FIELDS_EMPTY) fold_end(&f);
	return f.n;
}
