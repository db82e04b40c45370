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

enum { PIECE = 65536 /* bytes of a listing made before the next are sent */ };

static enum step
send_listing(struct session *s)
{
	enum step step = lines_send(s);
	size_t n = 1;

	if (step != STEP_END) return step;
	while (n && PIECE - s->lines_len >= LISTING_LINE) {
		n = row_next(s, s->lines + s->lines_len);
		s->lines_len += n;
	}
	if (n == 0 && s->listing.entries.failed) return STEP_FAILED;
	return s->lines_len ? STEP_AGAIN : STEP_END;
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

struct reply const *
ftp_mlst(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_not_found);
	char up[PATH_SPACE];
	char facts[256];
	struct stat above;
	struct stat st;
	unsigned int parent = 0;

	if (r) return r;
	if (!tree_stat(&s->tree, s->path, &st)) return errors_reply(errno);
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) return &r_not_plain;
	if (s->path[1] && path_join(up, s->path, "..") && tree_stat(&s->tree, up, &above))
		parent = facts_parent(s, &above);
	*facts_put(s, facts, &st, NULL, parent) = 0;
	control_lead(s, r_mlst_end.code, "Listing");
	control_body(s, path_reply(s, r_mlst_end.code, facts, s->path, "", 0)->text);
	return &r_mlst_end;
}
