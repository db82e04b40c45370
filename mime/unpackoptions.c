/* The command line of mime-unpack. */

#include <locale.h>
#include <string.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "mime/template.h"
#include "mime/unpackoptions.h"

#define USAGE \
	"mime-unpack [ -l | -L | -j | -V | -c | -R | -H | -S | -b | -d dir ] [ -s section ] [ -t type ] [ -n glob ] [ -i cid ] [ -k class ] [ -a ] [ -m | -M ] [ -E ] [ -w ] [ -u ] [ -U charset ] [ -e lf|crlf|keep ] [ -N template ] [ -f ] [ -K ] [ -p mode ] [ -y ] [ -@ ] [ -0 ] [ -q ] [ -x limit=value ] [ -- prog ... ]"

struct action {
	int letter;
	struct mime_action const *action;
};

static struct action const actions[] = {
	{ 'l', &mime_action_list },
	{ 'L', &mime_action_records },
	{ 'j', &mime_action_json },
	{ 'V', &mime_action_check },
	{ 'd', &mime_action_files },
	{ 'c', &mime_action_bodies },
	{ 'R', &mime_action_raw },
	{ 'H', &mime_action_headers },
	{ 'S', &mime_action_signed },
	{ 'b', &mime_action_readable },
};

/* Returns 0 if opt is no action. */
static int
take_action(struct mime_unpack *u, int opt)
{
	size_t i;

	for (i = 0; i < sizeof actions / sizeof *actions; i++) {
		if (actions[i].letter != opt) continue;
		if (u->action) strerr_dief(100, "more than one action");
		u->action = actions[i].action;
		return 1;
	}
	return 0;
}

/* Returns 0 if opt is no selection. */
static int
take_selection(struct mime_pick *k, int opt, char const *arg)
{
	int done = 1;

	switch (opt) {
	case 's': done = mime_pick_add(&k->sections, arg); break;
	case 't': done = mime_pick_add(&k->types, arg); break;
	case 'n':
		/* To fnmatch a "?" is one character then, not one byte. */
		(void)setlocale(LC_CTYPE, "C.UTF-8");
		done = mime_pick_add(&k->names, arg);
		break;
	case 'i': done = mime_pick_add(&k->cids, arg); break;
	case 'k':
		if (!mime_pick_class(k, arg)) strerr_dief(100, "unknown class: ", arg);
		break;
	case 'a': k->all = 1; break;
	default: return 0;
	}
	if (!done) strerr_dief(100, "too many selections");
	k->given = 1;
	return 1;
}

static enum mime_eol
line_ends(char const *s)
{
	if (strcmp(s, "lf") == 0) return MIME_EOL_LF;
	if (strcmp(s, "crlf") == 0) return MIME_EOL_CRLF;
	if (strcmp(s, "keep") != 0) strerr_dief(100, "invalid line end: ", s);
	return MIME_EOL_KEEP;
}

static mode_t
file_mode(char const *s)
{
	unsigned int mode;

	if (!uint_oscan(s, &mode) || mode > 0666) strerr_dief(100, "invalid mode: ", s);
	return (mode_t)(mode & 0666);
}

static void
take_form(struct mime_unpack *u, int opt, char const *arg)
{
	switch (opt) {
	case 'm': u->whole = 1; break;
	case 'E': u->epilogues = 1; break;
	case 'w': u->uuencoded = 0; break;
	case 'M': u->both = 1; break;
	case 'N':
		if (!mime_template_valid(arg)) strerr_dief(100, "invalid template: ", arg);
		u->template = arg;
		break;
	case 'K': u->dir.keep = 1; break;
	case 'e': u->eol = line_ends(arg); break;
	case 'f': u->dir.replace = 1; break;
	case 'p': u->dir.mode = file_mode(arg); break;
	case 'y': u->dir.sync = 1; break;
	case '0': u->form.end = 0; break;
	case 'u': u->utf8 = 1; break;
	case 'U':
		u->utf8 = 1;
		u->assumed = arg;
		break;
	case '@': u->batch = 1; break;
	case 'q': u->quiet++; break;
	case 'x':
		if (!mime_unpack_limit_set(u->limits, arg))
			strerr_dief(100, "invalid limit: ", arg);
		break;
	default: strerr_dieusage(100, USAGE);
	}
}

/* Only after "--": whoever names a file does not mean to run it. */
static void
take_program(struct mime_unpack *u, int argc, char const *const *argv, int at)
{
	if (at == argc) return;
	if (u->action || strcmp(argv[at - 1], "--") != 0) strerr_dieusage(100, USAGE);
	u->action = &mime_action_program;
	u->argv = argv + at;
}

void
mime_unpack_options(struct mime_unpack *u, int argc, char const *const *argv)
{
	subgetopt o = SUBGETOPT_ZERO;
	char const *dir = NULL;
	int mode = 0; /* one was given */
	int opt;

	u->eol = MIME_EOL_LF;
	u->uuencoded = 1;
	u->form.end = '\n';
	mime_unpack_limit_defaults(u->limits);
	while ((opt = subgetopt_r(argc, argv, "lLjVd:cRHSbs:t:n:i:k:amMEwuU:e:N:fKp:y0@qx:", &o))
	    != -1) {
		if (opt == 'd') dir = o.arg;
		if (opt == 'p') mode = 1;
		if (!take_action(u, opt) && !take_selection(&u->pick, opt, o.arg))
			take_form(u, opt, o.arg);
	}
	take_program(u, argc, argv, o.ind);
	if (!u->action) u->action = &mime_action_list;
	if (u->action == &mime_action_readable) u->utf8 = 1;
	u->both = u->both && dir;
	/* Without one nothing of u->dir is touched, nor its page. */
	if (dir && !mode) u->dir.mode = 0600;
	if (dir && !mime_outdir_open(&u->dir, dir)) strerr_diefusys(111, "open directory ", dir);
	if (dir && u->template) u->action = &mime_action_named_files;
	if (!u->pick.given && (dir || u->argv))
		u->pick.classes =
		    1u << MIME_CLASS_ATTACH | 1u << MIME_CLASS_INLINE | 1u << MIME_CLASS_MSG;
}
