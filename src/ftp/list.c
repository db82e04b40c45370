/* LIST, NLST, MLSD, MLST: RFC 959 4.1.3, RFC 3659 7. */

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "ftp/append.h"
#include "ftp/errors.h"
#include "ftp/facts.h"
#include "ftp/handlers.h"
#include "ftp/lines.h"
#include "ftp/listing.h"
#include "ftp/replies.h"
#include "ftp/row.h"
#include "ftp/session.h"

enum {
	PIECE = 65536, /* bytes of a listing made before the next are sent */
	LOOKS = 1024   /* names passed over before the control connection is looked at */
};

static enum step
send_listing(struct session *s)
{
	enum step step = lines_send(s);
	size_t n = 1;

	if (step != STEP_END) return step;
	while (n && PIECE - s->lines_len >= LISTING_LINE) {
		s->listing.looks = LOOKS;
		n = row_next(s, s->lines + s->lines_len);
		s->lines_len += n;
	}
	if (n == 0 && s->listing.entries.failed) return STEP_FAILED;
	return s->lines_len || s->listing.paused ? STEP_AGAIN : STEP_END;
}

/* A drop box looks empty. */
static enum step
send_nothing(struct session *s)
{
	(void)s;
	return STEP_END;
}

static struct reply const *
list(struct session *s, enum listing_form form, char *arg)
{
	int see = (s->state & S_READ) != 0;
	struct reply const *r = see ? listing_open(s, form, arg) : NULL;
	enum transfer_end end;

	if (r) return r;
	if (s->data.mode == DATA_NONE) {
		if (see) listing_close(s);
		return &r_no_mode;
	}
	s->lines_at = s->lines_len = 0;
	s->transfer.sized = 0;
	s->transfer.rest = 0;
	end = transfer_run(s, &r_open_listing, POLLOUT, see ? send_listing : send_nothing);
	if (see) listing_close(s);
	return transfer_reply(s, end, &r_complete);
}

struct reply const *
ftp_list(struct session *s, char *arg)
{
	return list(s, LISTING_LONG, arg);
}

struct reply const *
ftp_nlst(struct session *s, char *arg)
{
	return list(s, LISTING_NAMES, arg);
}

struct reply const *
ftp_mlsd(struct session *s, char *arg)
{
	return list(s, LISTING_FACTS, arg);
}

/* facts_parent of s->path. */
static unsigned int
above(struct session *s)
{
	char up[PATH_SPACE];
	struct stat st;

	if (!s->path[1] || !path_join(up, s->path, "..") || !tree_stat(&s->tree, up, &st)) return 0;
	return facts_parent(s, &st);
}

struct reply const *
ftp_mlst(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_not_found);
	struct stat target;
	struct stat st;
	struct facts f = { .st = &target, .target = &target };
	char facts[FACTS_SPACE];

	if (r) return r;
	if (!tree_stat(&s->tree, s->path, &target)) f.target = NULL;
	if (s->policy[FTP_LINKS].number == LINKS_SHOW && tree_lstat(&s->tree, s->path, &st)
	    && S_ISLNK(st.st_mode))
		f.st = &st;
	else if (!f.target)
		return errors_reply(errno);
	else if (!S_ISREG(target.st_mode) && !S_ISDIR(target.st_mode))
		return &r_not_plain;
	f.parent = above(s);
	*facts_put(s, facts, &f) = 0;
	control_lead(s, r_mlst_end.code, "Listing");
	control_body(s, path_reply(s, r_mlst_end.code, facts, s->path, "", 0)->text);
	return &r_mlst_end;
}
