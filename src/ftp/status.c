/* STAT and ABOR: RFC 959 4.1.3, the two that are asked while a transfer runs. */

#include <string.h>

#include "ftp/append.h"
#include "ftp/handlers.h"
#include "ftp/listing.h"
#include "ftp/replies.h"
#include "ftp/row.h"
#include "ftp/session.h"

static void
progress(struct session *s)
{
	struct transfer const *t = &s->transfer;
	char line[128];
	char const *what = s->state & S_HASHING ? "Hashing "
	    : t->receiving                      ? "Receiving "
	                                        : "Sending ";
	char *p = append_text(line, what);

	p = append_number(p, t->done, 1, '0');
	p = append_text(p, " of ");
	p = t->sized || (s->state & S_HASHING) ? append_number(p, t->total, 1, '0')
	                                       : append_text(p, "?");
	*append_text(p, " bytes") = 0;
	control_body(s, line);
}

static struct reply const *
status(struct session *s)
{
	char line[160];
	char *p;

	control_lead(s, r_status_end.code, "FTP server status:");
	p = append_text(line, "Connected to ");
	*append_text(p, s->peer.text) = 0;
	control_body(s, line);
	p = append_text(line, s->state & S_LOGIN ? "Logged in as " : "Not logged in");
	*append_text(p, s->state & S_LOGIN ? s->user : "") = 0;
	control_body(s, line);
	p = append_text(line, s->state & S_ASCII ? "TYPE: ASCII" : "TYPE: BINARY");
	p = append_text(p, ", STRU F, MODE S, PROT ");
	*append_text(p, s->state & S_PRIVATE ? "P" : "C") = 0;
	control_body(s, line);
	if (s->state & S_BUSY) progress(s);
	return &r_status_end;
}

/* A byte 0xFF of a name is telnet's IAC on the control connection. */
static void
put_doubled(struct session *s, char const *line, size_t n)
{
	char const *iac;

	while ((iac = memchr(line, 0xff, n))) {
		size_t before = (size_t)(iac - line) + 1;

		control_put(s, line, before);
		control_put(s, iac, 1);
		line += before;
		n -= before;
	}
	control_put(s, line, n);
}

/* The lines of LIST over the control connection; drop boxes look empty. */
static struct reply const *
listing(struct session *s, char *arg)
{
	char line[LISTING_LINE];
	struct reply const *r;
	unsigned int count = 0;
	size_t n;

	if (!(s->state & S_LOGIN)) return &r_want_login;
	r = s->state & S_READ ? listing_open(s, LISTING_LONG, arg) : NULL;
	if (r) return r;
	s->listing.options.recursive = 0;
	control_lead(s, r_listing_end.code, "Status follows:");
	while ((s->state & S_READ) && (n = row_next(s, line))) {
		if (count++ == LISTING_STAT) {
			control_body(s, "(truncated)");
			break;
		}
		put_doubled(s, line, n);
	}
	if ((s->state & S_READ) && s->listing.entries.failed) control_body(s, "(truncated)");
	if (s->state & S_READ) listing_close(s);
	return &r_listing_end;
}

struct reply const *
ftp_stat(struct session *s, char *arg)
{
	return arg[0] ? listing(s, arg) : status(s);
}

/* While a transfer runs, that one says 426 and then the 226 to this. */
struct reply const *
ftp_abor(struct session *s, char *arg)
{
	(void)arg;
	if (s->state & S_BUSY) {
		s->state |= S_ABORT;
		return NULL;
	}
	data_forget(&s->data);
	return &r_nothing_to_abort;
}
