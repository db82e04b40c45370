/* The command line of mime-pack. */

#include <string.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>
#include <skalibs/uint64.h>

#include "mime/pack.h"

#define USAGE \
	"mime-pack -f from [ -t to ] [ -c cc ] [ -b bcc ] [ -r reply-to ] [ -s subject ] [ -H field ] [ -d seconds ] [ -j message-id ] [ -7 | -8 | -B ] [ -FNu ] [ -k kind ] [ -L lf | crlf ] [ -z seed ] [ -qS ] [ -X max ] [ -Y ] [ -o file ] [ -@ file ] [ about ] [ -T text ] [ about ] [ -W html ] [ [ about ] -a file | -I file | -i image | -m message | -P part ] ... (about the next part: [ -n name ] [ -y type ] [ -e encoding ] [ -D description ] [ -C charset ] [ -x id ])"

#define OPTIONS "78@:BC:D:FH:I:L:NP:ST:W:X:Ya:b:c:d:e:f:i:j:k:m:n:o:qr:s:t:ux:y:z:"

static int64_t
date(char const *s)
{
	uint64_t seconds;

	if (!uint640_scan(s, &seconds) || seconds > MIME_PACK_LAST_DATE)
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
part(struct mime_pack *k, struct mime_leaf *next, char const *path, enum mime_role role)
{
	char name[MIME_PACK_NAME + 1];

	if (k->parts == MIME_PACK_PARTS) strerr_dief(100, "too many parts");
	if (!next->name && !mime_compose_filename(name, path)) strerr_dief(100, "name is too long");
	if (role == MIME_ROLE_IMAGE) k->images++;
	take(k->part + k->parts++, next, path, role);
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
	case 'j': mime_pack_message_id(k, arg); return 1;
	default: return 0;
	}
}

static char const *
kind(char const *s)
{
	static char const *const kinds[] = { "mixed", "digest", "report", "related",
		"alternative" };
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i], s) == 0) return s;
	if (strcmp(s, "form") == 0) return "form-data";
	strerr_dief(100, "unknown kind of multipart: ", mime_pack_line("kind", s));
}

static int
is_crlf(char const *s)
{
	if (strcmp(s, "crlf") == 0) return 1;
	if (strcmp(s, "lf") != 0) strerr_dief(100, "lines end with lf or crlf");
	return 0;
}

/* The form of the message; 0 if it is none of them. */
static int
form_option(struct mime_pack *k, int opt, char const *arg)
{
	switch (opt) {
	case 'k': k->kind = kind(arg); return 1;
	case '7': k->transport = MIME_CTE_7BIT; return 1;
	case '8': k->transport = MIME_CTE_8BIT; return 1;
	case 'B': k->transport = MIME_CTE_BINARY; return 1;
	case 'F': k->out.sink.framed = 1; return 1;
	case 'L': k->out.crlf = is_crlf(arg); return 1;
	case 'N': k->part_only = 1; return 1;
	case 'u': k->utf8 = 1; return 1;
	case 'z': k->seed = arg; return 1;
	default: return 0;
	}
}

static uint64_t
size(char const *s)
{
	uint64_t n;

	if (!uint640_scan(s, &n)) strerr_dief(100, "invalid size: ", s);
	return n;
}

/* Where the message goes; 0 if it is none of them. */
static int
output_option(struct mime_pack *k, int opt, char const *arg)
{
	switch (opt) {
	case 'S': k->sized = 1; return 1;
	case 'X': k->max = size(arg); return 1;
	case 'Y': k->sync = 1; return 1;
	case 'o': k->path = arg; return 1;
	case 'q': k->quiet++; return 1;
	default: return 0;
	}
}

/* Leaves; 0 if it is none of them. */
static int
leaf_option(struct mime_pack *k, struct mime_leaf *next, int opt, char const *arg)
{
	switch (opt) {
	case 'T': take(&k->text, next, arg, MIME_ROLE_TEXT); return 1;
	case 'W': take(&k->html, next, arg, MIME_ROLE_HTML); return 1;
	case 'i': part(k, next, arg, MIME_ROLE_IMAGE); return 1;
	case 'm':
		next->given = "message/rfc822";
		part(k, next, arg, MIME_ROLE_PART);
		return 1;
	case 'I':
		next->shown = 1;
		part(k, next, arg, MIME_ROLE_PART);
		return 1;
	case 'a': part(k, next, arg, MIME_ROLE_PART); return 1;
	case 'P': part(k, next, arg, MIME_ROLE_READY); return 1;
	default: return 0;
	}
}

/* What is said of the next leaf; 0 if it is none of them. */
static int
next_option(struct mime_leaf *next, int opt, char const *arg)
{
	switch (opt) {
	case 'n': mime_pack_name(next, arg); return 1;
	case 'y': mime_pack_type(next, arg); return 1;
	case 'e': mime_pack_encoding(next, arg); return 1;
	case 'D': next->description = mime_pack_line("description", arg); return 1;
	case 'C': mime_pack_charset(next, arg); return 1;
	case 'x': mime_pack_cid(next, arg); return 1;
	default: return 0;
	}
}

/* What is left at the end is about the text that nothing names. */
static void
rest(struct mime_pack *k, struct mime_leaf *next)
{
	if (!mime_leaf_said(next)) return;
	if (k->text.source.path || k->html.source.path || next->name || next->given)
		strerr_dief(100, "what is said of a part stands before it");
	take(&k->text, next, NULL, MIME_ROLE_TEXT);
}

static void
option(struct mime_pack *k, struct mime_leaf *next, int opt, char const *arg)
{
	if (!header_option(k, opt, arg) && !leaf_option(k, next, opt, arg)
	    && !next_option(next, opt, arg) && !form_option(k, opt, arg)
	    && !output_option(k, opt, arg))
		strerr_dieusage(100, USAGE);
}

/* Arguments being read: the command line, or a file that it names. */
struct arguments {
	subgetopt o;
	int n;
	char const *const *v;
};

static void
parse(struct mime_pack *k, struct mime_leaf *next, int argc, char const *const *argv)
{
	struct arguments a[2] = { { SUBGETOPT_ZERO, argc, argv } };
	unsigned int in = 0;

	for (;;) {
		int opt = subgetopt_r(a[in].n, a[in].v, OPTIONS, &a[in].o);

		if (opt == '@' && in == 0) {
			int n = mime_pack_args(k, a[0].o.arg);

			a[++in] = (struct arguments){ SUBGETOPT_ZERO, n, k->arg };
		} else if (opt != -1) {
			option(k, next, opt, a[in].o.arg);
		} else {
			if (a[in].o.ind != a[in].n) strerr_dieusage(100, USAGE);
			if (in-- == 0) break;
		}
	}
}

void
mime_pack_options(struct mime_pack *k, int argc, char const *const *argv)
{
	static struct mime_leaf next;

	k->max = UINT64_MAX;
	parse(k, &next, argc, argv);
	if (!k->from && !k->part_only) strerr_dieusage(100, USAGE);
	k->text.role = MIME_ROLE_TEXT;
	rest(k, &next);
}
