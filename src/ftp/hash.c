/* HASH (draft-bryan-ftp-hash), MD5 (draft-twine-ftpmd5), XCRC and its like. */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <skalibs/djbunix.h>

#include "ftp/append.h"
#include "ftp/errors.h"
#include "ftp/handlers.h"
#include "ftp/hash.h"
#include "ftp/hasharg.h"
#include "ftp/hashing.h"
#include "ftp/plain.h"
#include "ftp/replies.h"
#include "ftp/session.h"

/* What is asked for: s->file is open. */
struct subject {
	struct hasharg arg;
	char hex[DIGEST_HEX];
};

/* A path that is as it stands wins over the same with its quotes or range taken off. */
static struct reply const *
open_subject(struct session *s, char *arg, int ranges, struct hasharg *a)
{
	struct stat st = { .st_size = 0 };
	struct reply const *r = plain_open(s, arg, &r_hash_plain, &st);
	uint64_t size;

	*a = (struct hasharg){ .path = arg };
	if (r && r != &r_hash_plain) {
		enum hasharg_form form = hasharg_parse(arg, a);

		/* HASH has no ranges: two words that look like one belong to the name. */
		if (a->ranged && !ranges && a->path == arg) return r;
		if (form == HASHARG_BAD || (a->ranged && !ranges)) return &r_bad_argument;
		if (form == HASHARG_PARTS) r = plain_open(s, a->path, &r_hash_plain, &st);
	}
	if (r) return r;
	size = (uint64_t)st.st_size;
	if (!a->ranged) a->end = size;
	if (a->start <= a->end && a->end <= size) return NULL;
	fd_close(s->file);
	return &r_bad_offset;
}

/* NULL, or why there is no value: then there may be nothing to say at all. */
static struct reply const *
reckon(struct session *s, enum digest_kind kind, struct subject *x)
{
	uint64_t most = s->policy[FTP_HASH_MAX].number;

	if (most && x->arg.end - x->arg.start > most) return &r_hash_over;
	digest_begin(&s->digest, kind);
	switch (hashing_run(s, s->file, x->arg.start, x->arg.end)) {
	case HASHING_DONE: digest_end(&s->digest, x->hex); return NULL;
	case HASHING_FAILED: return errors_reply(errno);
	case HASHING_EXPIRED: return &r_session_out;
	case HASHING_ABORTED: break;
	case HASHING_GONE: return &r_hash_aborted;
	}
	s->state &= ~(unsigned int)S_ABORT;
	control_say(s, &r_hash_aborted);
	return &r_aborted_ok;
}

static struct reply const *
hash(struct session *s, char *arg, enum digest_kind kind, int ranges, struct subject *x)
{
	struct reply const *r = open_subject(s, arg, ranges, &x->arg);

	if (r) return r;
	r = reckon(s, kind, x);
	fd_close(s->file);
	return r;
}

/* "SHA-256 0-49 hex path": one line, whose last word WinSCP takes for the name. */
struct reply const *
ftp_hash(struct session *s, char *arg)
{
	struct subject x;
	struct reply const *r = hash(s, arg, s->hash, 0, &x);
	char before[DIGEST_HEX + 64];
	char *p;

	if (r) return r;
	p = append_text(append_text(before, digest_name(s->hash)), " ");
	p = append_number(p, x.arg.start, 1, '0');
	p = append_number(append_text(p, "-"), x.arg.end, 1, '0');
	p = append_text(append_text(p, " "), x.hex);
	*append_text(p, " ") = 0;
	return path_reply(s, 213, before, x.arg.path, "", 0);
}

static void
upper(char *hex)
{
	for (; *hex; hex++)
		if (*hex >= 'a') *hex -= 'a' - 'A';
}

struct reply const *
ftp_md5(struct session *s, char *arg)
{
	struct subject x;
	struct reply const *r = hash(s, arg, DIGEST_MD5, 0, &x);
	char after[DIGEST_HEX + 2];

	if (r) return r;
	upper(x.hex);
	*append_text(append_text(after, "\" "), x.hex) = 0;
	return path_reply(s, 251, "\"", x.arg.path, after, 1);
}

static struct reply const *
old_form(struct session *s, char *arg, enum digest_kind kind)
{
	struct subject x;
	struct reply const *r = hash(s, arg, kind, 1, &x);

	if (r) return r;
	upper(x.hex);
	return reply_fill(&s->said, s->text, &r_hash, x.hex);
}

struct reply const *
ftp_xcrc(struct session *s, char *arg)
{
	return old_form(s, arg, DIGEST_CRC32);
}

struct reply const *
ftp_xmd5(struct session *s, char *arg)
{
	return old_form(s, arg, DIGEST_MD5);
}

struct reply const *
ftp_xsha1(struct session *s, char *arg)
{
	return old_form(s, arg, DIGEST_SHA1);
}

struct reply const *
ftp_xsha256(struct session *s, char *arg)
{
	return old_form(s, arg, DIGEST_SHA256);
}

struct reply const *
ftp_xsha512(struct session *s, char *arg)
{
	return old_form(s, arg, DIGEST_SHA512);
}

/* FTP_HASH's bits are those of the kinds. */
static int
allowed(struct session const *s, enum digest_kind kind)
{
	return kind < DIGEST_KINDS && (s->policy[FTP_HASH].number >> kind & 1);
}

void
hash_reset(struct session *s)
{
	unsigned int i = 0;

	while (i < DIGEST_KINDS && !allowed(s, (enum digest_kind)i)) i++;
	s->hash = (enum digest_kind)i;
}

int
hash_choose(struct session *s, enum digest_kind kind)
{
	if (s->state & S_HASH ? !allowed(s, kind) : kind != DIGEST_KINDS) return 0;
	s->hash = kind;
	return 1;
}

struct reply const *
hash_option(struct session *s, char const *name)
{
	enum digest_kind kind = name[0] ? digest_find(name) : s->hash;

	if (!(s->state & S_HASH)) return &r_bad_option;
	if (!hash_choose(s, kind)) return &r_bad_hash;
	return reply_fill(&s->said, s->text, &r_hash_chosen, digest_name(kind));
}

void
hash_feature(struct session const *s, char *p)
{
	unsigned int i;
	int first = 1;

	for (i = 0; i < DIGEST_KINDS; i++) {
		if (!allowed(s, (enum digest_kind)i)) continue;
		if (!first) *p++ = ';';
		p = append_text(p, digest_name((enum digest_kind)i));
		if (s->hash == i) *p++ = '*';
		first = 0;
	}
	*p = 0;
}
