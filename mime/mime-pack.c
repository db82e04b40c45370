/* mime-pack: files and text to a message on standard output. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "mime/cpuenv.h"
#include "mime/date.h"
#include "mime/pack.h"

#define USAGE \
	"mime-pack -f from [ -t to ] [ -c cc ] [ -b bcc ] [ -r reply-to ] [ -s subject ] [ -H field ] [ -d seconds ] [ -j message-id ] [ -T text ] [ -W html ] [ [ -n name ] [ -y type ] -a file | -I file | -m file ] ..."

void
mime_pack_write(struct mime_pack *k, char const *s, size_t n)
{
	if (!mime_sink_put(&k->out, s, n)) strerr_diefusys(111, "write the message");
}

void
mime_pack_put(struct mime_pack *k, char const *s)
{
	mime_pack_write(k, s, strlen(s));
}

/* S6: nothing that is given may begin a line of its own. */
static char const *
one_line(char const *what, char const *s)
{
	if (mime_compose_breaks(s)) strerr_dief(100, what, " contains a line break");
	if (strlen(s) > MIME_VALUE) strerr_dief(100, what, " is too long");
	return s;
}

static void
add_list(char *list, char const *what, char const *s)
{
	size_t n = strlen(list);

	if (mime_compose_breaks(s)) strerr_dief(100, what, " contains a line break");
	if (n + strlen(s) + 3 > MIME_LIST) strerr_dief(100, what, " is too long");
	(void)snprintf(list + n, MIME_LIST - n, "%s%s", n ? ", " : "", s);
}

static void
add_field(struct mime_pack *k, char const *s)
{
	static char const *const refused[] = { "Content-Type", "Content-Transfer-Encoding",
		"Content-Disposition", "MIME-Version", "Bcc", "From" };
	size_t n = strcspn(s, ":");
	size_t i;

	one_line("header field", s);
	if (s[n] == 0 || !mime_compose_is_name(s, n))
		strerr_dief(100, "header field without a name: ", s);
	for (i = 0; i < sizeof refused / sizeof *refused; i++)
		if (strlen(refused[i]) == n && strncasecmp(refused[i], s, n) == 0)
			strerr_dief(100, "header field ", refused[i], " cannot be set");
	if (k->fields == MIME_PACK_FIELDS) strerr_dief(100, "too many header fields");
	k->field[k->fields++] = s;
}

static void
add_type(struct mime_leaf *next, char const *s)
{
	size_t n = strcspn(s, ";");
	char const *slash = memchr(s, '/', n);
	size_t i;

	one_line("type", s);
	for (i = 0; s[i]; i++)
		if (s[i] < ' ' || s[i] >= 127 || (i < n && s[i] == ' ')) slash = NULL;
	if (!slash || slash == s || slash + 1 == s + n || n > 100)
		strerr_dief(100, "invalid type: ", s);
	next->given = s;
}

static void
add_name(struct mime_leaf *next, char const *s)
{
	char name[MIME_PACK_NAME + 1];

	one_line("name", s);
	if (!mime_compose_filename(name, s)) strerr_dief(100, "name is too long");
	next->name = s;
}

static void
add_part(struct mime_pack *k, struct mime_leaf *next, char const *path, int shown)
{
	char name[MIME_PACK_NAME + 1];

	if (k->parts == MIME_PACK_PARTS) strerr_dief(100, "too many parts");
	if (!next->name && !mime_compose_filename(name, path)) strerr_dief(100, "name is too long");
	next->source.path = path;
	next->shown = shown;
	k->part[k->parts++] = *next;
	memset(next, 0, sizeof *next);
}

static void
options(struct mime_pack *k, int argc, char const *const *argv)
{
	subgetopt o = SUBGETOPT_ZERO;
	struct mime_leaf next = { .given = NULL };
	uint64_t seconds;
	int opt;

	while ((opt = subgetopt_r(argc, argv, "f:t:c:b:r:s:H:T:W:a:I:m:n:y:d:j:", &o)) != -1) {
		switch (opt) {
		case 'f': k->from = one_line("sender", o.arg); break;
		case 't': add_list(k->to, "recipient", o.arg); break;
		case 'c': add_list(k->cc, "recipient", o.arg); break;
		case 'b': add_list(k->bcc, "recipient", o.arg); break;
		case 'r': add_list(k->reply_to, "reply address", o.arg); break;
		case 's': k->subject = one_line("subject", o.arg); break;
		case 'H': add_field(k, o.arg); break;
		case 'T': k->body[0].source.path = o.arg; break;
		case 'W': k->body[1].source.path = o.arg; break;
		case 'a': add_part(k, &next, o.arg, 0); break;
		case 'm':
			next.given = "message/rfc822";
			add_part(k, &next, o.arg, 0);
			break;
		case 'I': add_part(k, &next, o.arg, 1); break;
		case 'n': add_name(&next, o.arg); break;
		case 'y': add_type(&next, o.arg); break;
		case 'd':
			if (!uint640_scan(o.arg, &seconds) || seconds > 253402300799u)
				strerr_dief(100, "invalid date: ", o.arg);
			k->date = (int64_t)seconds;
			break;
		case 'j': k->message_id = one_line("message id", o.arg); break;
		default: strerr_dieusage(100, USAGE);
		}
	}
	if (o.ind != argc || !k->from) strerr_dieusage(100, USAGE);
	if (next.name || next.given)
		strerr_dief(100, "-n and -y stand before the part they are for");
}

/* Before a byte is written every list must be one. */
static void
check_addresses(struct mime_pack *k)
{
	char const *const lists[] = { k->from, k->to, k->cc, k->bcc, k->reply_to };
	size_t i;

	for (i = 0; i < sizeof lists / sizeof *lists; i++)
		if (lists[i] && *lists[i]
		    && mime_compose_addresses(k->composed, "To", lists[i]) == 0)
			strerr_dief(100, "invalid address: ", lists[i]);
}

static void
open_leaf(struct mime_leaf *l, int *input)
{
	if (strcmp(l->source.path, "-") == 0 && (*input)++)
		strerr_dief(100, "standard input can be used only once");
	if (!mime_source_open(&l->source, l->source.path))
		strerr_diefusys(111, "open ", l->source.path);
}

/* Everything is open before the first byte goes out: half a message is worse than none. */
static void
open_all(struct mime_pack *k)
{
	int input = 0;
	unsigned int i;

	k->body[0].subtype = "plain";
	k->body[1].subtype = "html";
	for (i = 0; i < k->parts; i++) open_leaf(k->part + i, &input);
	if (!k->body[0].source.path && !k->body[1].source.path && !input)
		k->body[0].source.path = "-";
	for (i = 0; i < 2; i++) {
		struct mime_leaf *l = k->body + i;

		if (l->source.path && !*l->source.path) l->source.path = NULL;
		if (l->source.path) open_leaf(l, &input);
	}
	if (k->parts || k->body[0].source.path || k->body[1].source.path) return;
	k->body[0].source.path = "/dev/null";
	open_leaf(k->body, &input);
}

static void
addresses(struct mime_pack *k, char const *name, char const *list)
{
	if (list && *list)
		mime_pack_write(k, k->composed, mime_compose_addresses(k->composed, name, list));
}

static void
text_field(struct mime_pack *k, char const *name, char const *value)
{
	mime_pack_write(k, k->composed, mime_compose_text(k->composed, name, value));
}

static uint64_t
random64(void)
{
	uint64_t v;

	if (getrandom(&v, sizeof v, 0) != (ssize_t)sizeof v)
		strerr_diefusys(111, "get random bytes");
	return v;
}

static void
message_id(struct mime_pack *k)
{
	char host[256] = "localhost";
	char id[512];
	struct timespec now;
	char *p;

	if (k->message_id) {
		text_field(k, "Message-ID", k->message_id);
		return;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	if (gethostname(host, sizeof host - 1) == -1 || !*host)
		memcpy(host, "localhost", sizeof "localhost");
	for (p = host; *p; p++)
		if (*p <= ' ' || *p >= 127 || strchr("<>@()\",;:\\[]", *p)) *p = '-';
	(void)snprintf(id, sizeof id, "<%016llx%08lx.%lu.%016llx@%s>",
	    (1ull << 62) + 10 + (unsigned long long)now.tv_sec, (unsigned long)now.tv_nsec,
	    (unsigned long)getpid(), (unsigned long long)random64(), host);
	text_field(k, "Message-ID", id);
}

/* Whether -H set the field: then we do not. */
static int
is_set(struct mime_pack const *k, char const *name)
{
	size_t n = strlen(name);
	unsigned int i;

	for (i = 0; i < k->fields; i++)
		if (strncasecmp(k->field[i], name, n) == 0 && k->field[i][n] == ':') return 1;
	return 0;
}

static void
extra_field(struct mime_pack *k, char const *s)
{
	char name[104];
	size_t n = strcspn(s, ":");

	memcpy(name, s, n);
	name[n] = 0;
	s += n + 1;
	text_field(k, name, s + strspn(s, " \t"));
}

static void
header(struct mime_pack *k)
{
	char date[MIME_DATE_SIZE];
	unsigned int i;

	mime_date_format(date, k->date == -1 ? (int64_t)time(NULL) : k->date);
	if (!is_set(k, "Date")) text_field(k, "Date", date);
	addresses(k, "From", k->from);
	addresses(k, "To", k->to);
	addresses(k, "Cc", k->cc);
	addresses(k, "Bcc", k->bcc);
	addresses(k, "Reply-To", k->reply_to);
	if (k->subject) text_field(k, "Subject", k->subject);
	if (!is_set(k, "Message-ID")) message_id(k);
	for (i = 0; i < k->fields; i++) extra_field(k, k->field[i]);
	mime_pack_put(k, "MIME-Version: 1.0\n");
}

/* "=_" occurs in neither quoted-printable nor base64; the rest is random. */
static void
boundary(char *s)
{
	char bytes[16];
	char flat[32];
	uint64_t v = random64();
	size_t i;

	memcpy(bytes, &v, 8);
	v = random64();
	memcpy(bytes + 8, &v, 8);
	mime_b64_flat(bytes, sizeof bytes, flat);
	memcpy(s, "=_", 2);
	for (i = 0; i < MIME_PACK_BOUNDARY - 3; i++) {
		char c = flat[i];

		if (c == '+') c = '-';
		if (c == '/') c = '_';
		s[i + 2] = c;
	}
	s[MIME_PACK_BOUNDARY - 1] = 0;
}

static void
open_multipart(struct mime_pack *k, char const *subtype, char *name)
{
	boundary(name);
	mime_pack_put(k, "Content-Type: multipart/");
	mime_pack_put(k, subtype);
	mime_pack_put(k, ";\n boundary=\"");
	mime_pack_put(k, name);
	mime_pack_put(k, "\"\n\n");
}

static void
delimiter(struct mime_pack *k, char const *before, char const *name, char const *after)
{
	mime_pack_put(k, before);
	mime_pack_put(k, "--");
	mime_pack_put(k, name);
	mime_pack_put(k, after);
}

static void
leaf(struct mime_pack *k, struct mime_leaf *l, int last)
{
	struct mime_plan plan = mime_leaf_plan(k, l);

	mime_leaf_header(k, l, &plan);
	mime_leaf_body(k, l, &plan, last);
}

/* One text, or two of which the reader chooses. last: nothing follows. */
static void
bodies(struct mime_pack *k, int last)
{
	char name[MIME_PACK_BOUNDARY];

	if (!k->body[0].source.path || !k->body[1].source.path) {
		leaf(k, k->body[0].source.path ? k->body : k->body + 1, last);
		return;
	}
	open_multipart(k, "alternative", name);
	delimiter(k, "", name, "\n");
	leaf(k, k->body, 0);
	delimiter(k, "\n", name, "\n");
	leaf(k, k->body + 1, 0);
	delimiter(k, "\n", name, "--\n");
}

int
main(int argc, char const *const *argv)
{
	static struct mime_pack k;
	char name[MIME_PACK_BOUNDARY];
	char const *before = "";
	unsigned int i;

	PROG = "mime-pack";
	/* Not by initialiser: that would put all of it into the executable. */
	k.date = -1;
	k.out.fd = 1;
	k.cpu = mime_cpu_env();
	options(&k, argc, argv);
	check_addresses(&k);
	open_all(&k);
	header(&k);
	if (k.parts) open_multipart(&k, "mixed", name);
	if (k.body[0].source.path || k.body[1].source.path) {
		if (k.parts) delimiter(&k, "", name, "\n");
		bodies(&k, k.parts == 0);
		before = "\n";
	}
	for (i = 0; i < k.parts; i++) {
		delimiter(&k, before, name, "\n");
		leaf(&k, k.part + i, 0);
		before = "\n";
	}
	if (k.parts) delimiter(&k, "\n", name, "--\n");
	if (!mime_sink_flush(&k.out)) strerr_diefusys(111, "write the message");
	return k.status;
}
