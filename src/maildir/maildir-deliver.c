/* Store one message so that it survives a power cut. */

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/djbunix.h>
#include <skalibs/sig.h>
#include <skalibs/strerr.h>
#include <skalibs/types.h>

#include "maildir/box.h"
#include "maildir/delivery.h"
#include "maildir/key.h"
#include "maildir/name.h"
#include "maildir/options.h"
#include "maildir/recipient.h"
#include "maildir/report.h"
#include "maildir/stopwatch.h"
#include "maildir/trouble.h"
#include "maildir/verdicts.h"

#define USAGE \
	"maildir-deliver [-cdDeELnNOQrRSUv] [-f folder] [-F flags] [-i key] [-m mode] [-q quota] [-s max] [-t secs] [-T fifo] maildir ... (1 to 64)"

static int
code(struct options const *o, struct verdict const *v)
{
	return o->sysexits ? v->sysexit : v->code;
}

static void
usage(struct options const *o)
{
	struct trouble why;

	trouble_say(&why, &v_usage, "usage:", USAGE);
	trouble_tell(&why);
	_exit(code(o, &v_usage));
}

static int
prepare(struct options const *o)
{
	umask(077);
	if (!fd_ensure_open(1, 1) || !fd_ensure_open(2, 1)) return 0;
	if (!sig_ignore(SIGPIPE) || !sig_ignore(SIGXFSZ)) return 0;
	if (!litter_watch(code(o, &v_signal), "4.3.0 Delivery interrupted\n",
	        "maildir-deliver: fatal: 4.3.0 Delivery interrupted: by a signal or -t\n"))
		return 0;
	alarm(o->secs);
	return 1;
}

static int
open_boxes(
    struct delivery *d, struct options const *o, char const *const *dirs, struct trouble *why)
{
	struct terms const t = { .sub = o->info[0] != 0 ? "cur" : "new",
		.folder = o->folder,
		.make = o->make,
		.strict = o->strict,
		.verbose = o->verbose };
	unsigned int i;

	for (i = 0; i < d->count; i++) {
		struct box *b = &d->parcels[i].box;
		struct account *a = &d->parcels[i].account;

		if (o->check ? box_check(b, dirs[i], &t, why) : box_open(b, dirs[i], &t, why)) {
			account_open(a, b->dir, b->path, o->limited ? &o->quota : NULL, o->verbose);
			if (o->check && !account_admit(a, 1, why)) return 0;
			continue;
		}
		/* Nobody of that name: no later try will find one. */
		if (o->expand && !b->there && !o->make) why->verdict = &v_unknown;
		return 0;
	}
	return 1;
}

/* -r: the operands become the maildirs of the recipients. */
static int
expand(struct delivery *d, char const **dirs, struct trouble *why)
{
	static struct recipients r;
	char const *list = getenv("RECIPIENTS");

	if (list == NULL) list = getenv("RECIPIENT");
	if (list == NULL) return trouble_say(why, &v_usage, "-r without", "$RECIPIENTS");
	if (!recipient_expand(&r, dirs, d->count, list, why)) return 0;
	for (d->count = 0; d->count < r.count; d->count++) {
		dirs[d->count] = r.paths[d->count];
		d->parcels[d->count].to = r.to[d->count];
	}
	return 1;
}

/* -L: whose Delivered-To would be a second one. */
static int
look_for_loop(struct delivery *d, struct trouble *why)
{
	struct header *h = &d->order.header;

	for (h->mines = 0; h->mines < d->count; h->mines++) {
		h->mine[h->mines] = fields_recipient(&d->parcels[h->mines].to);
		if (h->mine[h->mines].s == NULL)
			return trouble_say(why, &v_usage, "-L without", "$RECIPIENT");
	}
	return 1;
}

/* -i: what makes the names; the caller counts its tries. */
static void
use_key(struct delivery *d, char const *text)
{
	static struct key k;
	char const *attempt = getenv("ATTEMPT");
	unsigned int n;

	if (text == NULL) return;
	key_make(&k, text, d->order.host);
	k.again = attempt != NULL && uint0_scan(attempt, &n) && n > 1;
	d->order.key = &k;
}

/* -T: whoever waits for mail hears of it; nobody need be there. */
static void
trigger(char const *fifo)
{
	int fd = open(fifo, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd == -1) return;
	/* A file of that name is none to write into. */
	if (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode)) fd_write(fd, "", 1);
	close(fd);
}

/* -Q: a disk quota is a quota too. */
static void
judge(struct options const *o, struct trouble *why)
{
	if (o->full_for_good && strcmp(why->verdict->status, v_full.status) == 0)
		why->verdict = &v_full_for_good;
}

static int
deliver(struct delivery *d, struct options const *o, char const **dirs, struct trouble *why)
{
	if (o->expand && !expand(d, dirs, why)) return 0;
	if (o->loop && !look_for_loop(d, why)) return 0;
	if (!o->check && !input_open(&d->in, 0, o->framed, o->max, why)) return 0;
	if (!prepare(o)) return trouble_sys(why, &v_local, "set up", "the signals");
	if (!open_boxes(d, o, dirs, why)) return 0;
	return o->check || delivery_run(d, why);
}

int
main(int argc, char const *const *argv)
{
	static struct delivery d;
	static struct options o;
	char const *dirs[DELIVERY_MAX] = { getenv("MAILDIR") };
	uint64_t start = stopwatch_us();
	char host[NAME_HOST];
	struct trouble why;
	int i, first;

	PROG = "maildir-deliver";
	first = options_parse(&o, argc, argv);
	if (first == 0 || argc - first > DELIVERY_MAX) usage(&o);
	if (first == argc && dirs[0] == NULL) usage(&o);
	for (i = first; i < argc; i++) dirs[i - first] = argv[i];
	d.count = first == argc ? 1 : (unsigned int)(argc - first);
	name_host(host);
	d.order = (struct order){ .mode = o.mode,
		.empty = o.empty,
		.strict = o.strict,
		.verbose = o.verbose,
		.info = o.info,
		.fields = o.fields,
		.header = { .unfrom = o.unfrom },
		.host = host };
	use_key(&d, o.key);
	if (!deliver(&d, &o, dirs, &why)) {
		judge(&o, &why);
		trouble_tell(&why);
		return code(&o, why.verdict);
	}
	if (o.trigger != NULL && !o.check) trigger(o.trigger);
	if (o.verbose && !o.check) report_delivery(&d, stopwatch_us() - start);
	return 0;
}
