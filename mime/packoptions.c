/* The command line of mime-pack. */

#include <string.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>
#include <skalibs/uint64.h>

#include "mime/pack.h"

#define USAGE \
	"mime-pack [ -F ] -f from [ -t to ] [ -c cc ] [ -b bcc ] [ -r reply-to ] [ -s subject ] [ -H field ] [ -d seconds ] [ -j message-id ] [ -T text ] [ -W html ] [ [ -n name ] [ -y type ] -a file | -I file | -m file ] ..."

/* 9999-12-31 23:59:59, the last date with a year of four digits. */
#define LAST_DATE UINT64_C(253402300799)

static int64_t
date(char const *s)
{
	uint64_t seconds;

	if (!uint640_scan(s, &seconds) || seconds > LAST_DATE)
		strerr_dief(100, "invalid date: ", s);
	return (int64_t)seconds;
}

/* What was said of the next leaf holds for this one, and no more after it. */
static void
take(struct mime_leaf *l, struct mime_leaf *next, char const *path, enum mime_role role)
{
	*l = *next;
	l->source.path = path;
	l->role = role;
	memset(next, 0, sizeof *next);
}

static void
part(struct mime_pack *k, struct mime_leaf *next, char const *path)
{
	char name[MIME_PACK_NAME + 1];

	if (k->parts == MIME_PACK_PARTS) strerr_dief(100, "too many parts");
	if (!next->name && !mime_compose_filename(name, path)) strerr_dief(100, "name is too long");
	take(k->part + k->parts++, next, path, MIME_ROLE_PART);
}

/* Options of the header; 0 if it is none of them. */
static int
header_option(struct mime_pack *k, int opt, char const *arg)
{
	switch (opt) {
	case 'f': k->from = mime_pack_line("sender", arg); return 1;
	case 't': mime_pack_list(k->to, "recipient", arg); return 1;
	case 'c': mime_pack_list(k->cc, "recipient", arg); return 1;
	case 'b': mime_pack_list(k->bcc, "recipient", arg); return 1;
	case 'r': mime_pack_list(k->reply_to, "reply address", arg); return 1;
	case 's': k->subject = mime_pack_line("subject", arg); return 1;
	case 'H': mime_pack_field(k, arg); return 1;
	case 'd': k->date = date(arg); return 1;
	case 'j': k->message_id = mime_pack_line("message id", arg); return 1;
	default: return 0;
	}
}

/* The form of the message; 0 if it is none of them. */
static int
form_option(struct mime_pack *k, int opt)
{
	switch (opt) {
	case 'F': k->out.sink.framed = 1; return 1;
	default: return 0;
	}
}

/* Leaves, and what is said of the next one; 0 if it is none of them. */
static int
leaf_option(struct mime_pack *k, struct mime_leaf *next, int opt, char const *arg)
{
	switch (opt) {
	case 'T': k->text.source.path = arg; return 1;
	case 'W': k->html.source.path = arg; return 1;
	case 'm':
		next->given = "message/rfc822";
		part(k, next, arg);
		return 1;
	case 'I':
		next->shown = 1;
		part(k, next, arg);
		return 1;
	case 'a': part(k, next, arg); return 1;
	case 'n': mime_pack_name(next, arg); return 1;
	case 'y': mime_pack_type(next, arg); return 1;
	default: return 0;
	}
}

void
mime_pack_options(struct mime_pack *k, int argc, char const *const *argv)
{
	subgetopt o = SUBGETOPT_ZERO;
	struct mime_leaf next = { .given = NULL };
	int opt;

	while ((opt = subgetopt_r(argc, argv, "f:t:c:b:r:s:H:T:W:a:I:m:n:y:d:j:F", &o)) != -1)
		if (!header_option(k, opt, o.arg) && !leaf_option(k, &next, opt, o.arg)
		    && !form_option(k, opt))
			strerr_dieusage(100, USAGE);
	if (o.ind != argc || !k->from) strerr_dieusage(100, USAGE);
	if (next.name || next.given)
		strerr_dief(100, "-n and -y stand before the part they are for");
	k->text.role = MIME_ROLE_TEXT;
	k->html.role = MIME_ROLE_HTML;
}
