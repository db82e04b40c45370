/* Everything mime-pack reads is open before the first byte goes out. */

#include <fcntl.h>
#include <sys/resource.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"

void
mime_pack_claim(struct mime_pack *k, char const *path)
{
	int fd = mime_source_descriptor(path);

	if (fd == -1) return;
	if (fd >= MIME_PACK_DESCRIPTORS) strerr_dief(100, "no such descriptor: ", path);
	if (k->claimed[fd]) strerr_dief(100, path, " can be used only once");
	if (fcntl(fd, F_GETFD) == -1) strerr_diefusys(111, "open ", path);
	k->claimed[fd] = 1;
}

static void
open_leaf(struct mime_pack *k, struct mime_leaf *l)
{
	if (!mime_source_open(&l->source, l->source.path))
		strerr_diefusys(111, "open ", l->source.path);
	if (l->source.bounded) return;
	if (k->pipes == MIME_PACK_PIPES) strerr_dief(100, "too many pipes");
	l->source.hold = k->hold[k->pipes++];
}

/* Descriptors we were started with: what we open ourselves must not pass for one. */
static void
claim_all(struct mime_pack *k)
{
	unsigned int i;

	for (i = 0; i < k->parts; i++) mime_pack_claim(k, k->part[i].source.path);
	if (!k->text.source.path && !k->html.source.path && !k->claimed[0])
		k->text.source.path = "-";
	if (k->text.source.path) mime_pack_claim(k, k->text.source.path);
	if (k->html.source.path) mime_pack_claim(k, k->html.source.path);
}

static void
open_body(struct mime_pack *k, struct mime_leaf *l)
{
	if (l->source.path && !*l->source.path) l->source.path = NULL;
	if (l->source.path) open_leaf(k, l);
}

/* As many files as there are parts are open at once. */
static void
raise_limit(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) == -1 || r.rlim_cur == r.rlim_max) return;
	r.rlim_cur = r.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &r);
}

void
mime_pack_open(struct mime_pack *k)
{
	unsigned int i;

	if (k->parts > 200) raise_limit();
	claim_all(k);
	for (i = 0; i < k->parts; i++) open_leaf(k, k->part + i);
	open_body(k, &k->text);
	open_body(k, &k->html);
	if (k->parts || k->text.source.path || k->html.source.path) return;
	k->text.source.path = "/dev/null";
	open_leaf(k, &k->text);
}
