/* The verbs of SMTP; what EHLO offers is in extensions.c. */

#include "smtp/replies.h"
#include "smtp/session.h"

/* clang-format off */
static struct verb const rows[] = {
	/* RFC 5321 4.1.1 */
	{ "EHLO", smtp_ehlo, MAY | RAW, 0,             "[SP name]",             NULL },
	{ "HELO", smtp_helo, MAY | RAW, 0,             "[SP name]",             NULL },
	{ "LHLO", smtp_lhlo, MAY | RAW, 0,             "[SP name]",             NULL },
	{ "MAIL", smtp_mail, MUST | RAW, S_HELO,          "SP FROM:<path> [params]", NULL },
	{ "RCPT", smtp_rcpt, MUST | RAW, S_HELO | S_MAIL, "SP TO:<path> [params]", NULL },
	{ "DATA", smtp_data, 0,          S_HELO | S_MAIL, "",                      NULL },
	{ "BDAT", smtp_bdat, MAY | RAW, 0,              "SP octets [SP LAST]",   NULL },
	{ "RSET", smtp_rset, MAY,  0,               "",                      NULL },
	{ "NOOP", smtp_noop, MAY,  0,               "[SP text]",             NULL },
	{ "QUIT", smtp_quit, MAY,  0,               "",                      NULL },
	{ "VRFY", smtp_vrfy, MUST, 0,               "SP name",               NULL },
	/* RFC 3207 */
	{ "STARTTLS", smtp_starttls, 0,  0,         "",                      NULL },
	/* RFC 4954 */
	{ "AUTH", smtp_auth, MAY | SECRET | RAW, 0,       "SP mechanism [SP initial]", NULL },
	{ "HELP", smtp_help, MAY,  0,               "",                      NULL },
	/* known and refused */
	{ "EXPN", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ "ETRN", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ "ATRN", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ "TURN", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ "SEND", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ "SOML", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ "SAML", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ "BURL", smtp_none, MAY | HIDDEN, 0,       "",                      NULL },
	{ NULL,   NULL,      0,    0,               NULL,                    NULL }
};

static struct need const needs[] = { /* the first one missing is reported */
	{ S_HELO, &r_want_helo },
	{ S_MAIL, &r_want_mail },
	{ 0,      NULL }
};
/* clang-format on */

struct verbs const smtp_verbs = {
	.rows = rows,
	.needs = needs,
	.want_argument = &r_want_argument,
	.no_argument = &r_no_argument,
};
