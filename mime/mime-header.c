/* mime-header: the fields of a message printed or changed, its body passed on as it is. */

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/sgetopt.h>
#include <skalibs/strerr.h>

#include "mime/edit.h"
#include "mime/pass.h"
#include "mime/value.h"
#include "mime/word.h"

#define USAGE \
	"mime-header [ -q ] -g name ... | [ -a field ] [ -A field ] [ -s field ] [ -r old:new ] [ -d name ] ... | -w encode|decode text ..."

struct header {
	struct mime_values values;
	struct mime_edits edits;
	char const *words; /* "encode", "decode" or NULL */
	int quiet;
	struct mime_walk walk;
	struct mime_sink out;
	struct mime_progress progress;
};

static void
change(struct header *h, enum mime_edit_kind kind, char const *arg)
{
	char const *wrong = mime_edit_add(&h->edits, kind, arg);

	if (wrong) strerr_dief(100, "invalid field: ", wrong);
}

static void
ask(struct header *h, char const *name)
{
	if (!mime_compose_is_name(name, strlen(name)))
		strerr_dief(100, "invalid field: not the name of a field");
	if (h->values.n == MIME_VALUES) strerr_dief(100, "too many names");
	h->values.names[h->values.n++] = name;
}

/* Returns the index of the first operand. */
static int
options(struct header *h, int argc, char const *const *argv)
{
	subgetopt o = SUBGETOPT_ZERO;
	int opt;

	while ((opt = subgetopt_r(argc, argv, "g:a:A:s:r:d:w:q", &o)) != -1) {
		switch (opt) {
		case 'g': ask(h, o.arg); break;
		case 'a': change(h, MIME_EDIT_ADD, o.arg); break;
		case 'A': change(h, MIME_EDIT_ABSENT, o.arg); break;
		case 's': change(h, MIME_EDIT_SET, o.arg); break;
		case 'r': change(h, MIME_EDIT_RENAME, o.arg); break;
		case 'd': change(h, MIME_EDIT_DELETE, o.arg); break;
		case 'w': h->words = o.arg; break;
		case 'q': h->quiet = 1; break;
		default: strerr_dieusage(100, USAGE);
		}
	}
	if ((h->values.n > 0) + (h->edits.n > 0) + (h->words != NULL) != 1)
		strerr_dieusage(100, USAGE);
	if ((o.ind < argc) != (h->words != NULL)) strerr_dieusage(100, USAGE);
	return o.ind;
}

static void
flush(struct header *h)
{
	if (!mime_sink_flush(&h->out)) strerr_diefusys(111, "write to standard output");
}

static void
begin(struct header *h)
{
	if (!mime_walk_begin(&h->walk, 0)) strerr_diefusys(111, "read the message");
}

/* End the program if the header could not be read, or what became of it written. */
static void
check(int done)
{
	if (done == 0) strerr_diefusys(111, "read the message");
	if (done == -1) strerr_diefusys(111, "write to standard output");
}

static int
print(struct header *h)
{
	begin(h);
	check(mime_values_put(&h->values, &h->walk, &h->out));
	flush(h);
	if (h->values.cut && !h->quiet)
		strerr_warnw("limit-field: a field is longer than 65536 bytes, and was cut");
	if (h->values.bad && !h->quiet)
		strerr_warnw("bad-charset: a field holds what its charset does not have");
	if (h->values.cut) return 3;
	return h->values.bad ? 2 : h->values.found == 0;
}

/* The body; at a terminal it shows itself. */
static int
pass(struct header *h)
{
	struct mime_pass p = { .progress = &h->progress };
	struct stat st;
	off_t at = lseek(0, 0, SEEK_CUR);
	int done;

	h->progress.off = h->quiet || isatty(1);
	if (at > 0) p.done = (uint64_t)at;
	if (fstat(0, &st) == 0 && S_ISREG(st.st_mode)) p.total = (uint64_t)st.st_size;
	done = mime_pass(0, 1, &p);
	mime_progress_end(&h->progress);
	return done ? 1 : p.reading ? 0 : -1;
}

static int
edit(struct header *h)
{
	begin(h);
	check(mime_edit_header(&h->edits, &h->walk, &h->out));
	if (!mime_sink_put(&h->out, h->walk.s, h->walk.n)) check(-1);
	flush(h);
	check(pass(h));
	return 0;
}

/* The operands, a blank between them. */
static size_t
join(char *text, int argc, char const *const *argv)
{
	size_t w = 0;
	int i;

	for (i = 0; i < argc; i++) {
		size_t n = strlen(argv[i]);

		if (mime_compose_breaks(argv[i]))
			strerr_dief(100, "the text contains a line break");
		if (n + 1 > MIME_VALUE - w) strerr_dief(100, "the text is too long");
		if (i > 0) text[w++] = ' ';
		memcpy(text + w, argv[i], n);
		w += n;
	}
	text[w] = 0;
	return w;
}

static int
words(struct header *h, int argc, char const *const *argv)
{
	static char text[MIME_VALUE + 1];
	static char made[20 * MIME_VALUE];
	size_t n = join(text, argc, argv);
	int bad = 0;
	int done;

	if (strcmp(h->words, "decode") == 0) {
		n = mime_word_decode(text, n, made, sizeof made, &bad);
		done = mime_value_safe(&h->out, made, n);
	} else if (strcmp(h->words, "encode") == 0) {
		done = mime_sink_put(&h->out, made, mime_compose_value(made, text, 0, 0));
	} else {
		strerr_dieusage(100, USAGE);
	}
	if (!done || !mime_sink_puts(&h->out, "\n")) check(-1);
	flush(h);
	return bad ? 2 : 0;
}

int
main(int argc, char const *const *argv)
{
	static struct header h;
	int first;

	PROG = "mime-header";
	h.out.fd = 1;
	first = options(&h, argc, argv);
	if (h.words) return words(&h, argc - first, argv + first);
	return h.values.n > 0 ? print(&h) : edit(&h);
}
