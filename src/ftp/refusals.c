/* The replies that the log is to know of, and what it calls them. */

#include <string.h>

#include "ftp/events.h"
#include "ftp/replies.h"
#include "ftp/session.h"

struct refusal {
	struct reply const *reply;
	char const *event;
	char const *why;
};

/* clang-format off */
static struct refusal const refusals[] = {
	{ &r_flood,           "refuse", "endless-line" },
	{ &r_too_many_errors, "refuse", "errors" },
	{ &r_too_many_logins, "refuse", "logins" },
	{ &r_no_login,        "error",  "login" },
	{ &r_no_port,         "error",  "port" },
	{ &r_no_transport,    "refuse", "transport" },
	{ &r_busy,            "error",  "busy" },
	{ &r_local,           "error",  "local" },
	{ &r_shrunk,          "error",  "shrunk" },
	{ &r_no_space,        "error",  "full" },
	{ &r_bad_port,        "refuse", "bounce" },
	{ &r_long,            "refuse", "long-line" },
	{ &r_bad_site,        "refuse", "site" },
	{ &r_unknown,         "refuse", "unknown" },
	{ &r_nul,             "refuse", "nul" },
	{ &r_no_active,       "refuse", "active" },
	{ &r_not_implemented, "refuse", "verb" },
	{ &r_epsv_all,        "refuse", "epsv-all" },
	{ &r_want_login,      "refuse", "login" },
	{ &r_want_tls,        "refuse", "no-tls" },
	{ &r_tls_bad,         "error",  "tls" },
	{ &r_bad_host,        "refuse", "host" },
	{ &r_wrong_host,      "refuse", "host" },
	{ &r_no_change,       "refuse", "user" },
	{ &r_denied,          "refuse", "denied" },
	{ &r_over_limit,      "refuse", "size" },
	{ &r_hash_over,       "refuse", "hash" },
	{ &r_want_space,      "refuse", "space" },
	{ &r_bad_name,        "refuse", "name" },
	{ &r_taken,           "refuse", "exists" },
};
/* clang-format on */

/* Each file has its own copy of the constants, so they are known by what they say. */
void
event_reply(struct session *s, struct reply const *r)
{
	size_t i;

	if (r->code < 400) return;
	for (i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		struct refusal const *row = &refusals[i];

		if (row->reply->code != r->code || strcmp(row->reply->text, r->text) != 0) continue;
		/* What ends the session is always told. */
		if (r->code != 421 && event_enough(s)) return;
		event_why(s, row->event, row->why, r->code);
		return;
	}
}
