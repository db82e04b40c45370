/* MFF and MFCT: draft-somers-ftp-mfxx. */

#include <errno.h>

#include "ftp/append.h"
#include "ftp/date.h"
#include "ftp/errors.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/modfacts.h"
#include "ftp/mtime.h"
#include "ftp/replies.h"
#include "ftp/session.h"

static struct reply const *
change_mode(struct session *s, struct modfacts const *m)
{
	struct reply const *r;

	if (!(m->given & MODFACTS_MODE)) return NULL;
	if (!(s->state & S_CHMOD)) return &r_denied;
	r = path_take(s, m->path, &r_no_file);
	if (r) return r;
	if (!tree_chmod(&s->tree, s->path, m->mode)) return errors_or(errno, &r_no_file);
	event_path(s, "chmod", s->path);
	return NULL;
}

static struct reply const *
change(struct session *s, struct modfacts const *m)
{
	struct reply const *r = change_mode(s, m);
	char before[96];
	char *p = before;

	if (!r && (m->given & MODFACTS_MODIFY)) r = mtime_set(s, m->path, m->seconds);
	if (r) return r;
	if (m->given & MODFACTS_MODIFY)
		p = append_text(date_stamp(append_text(p, "Modify="), m->seconds), ";");
	if (m->given & MODFACTS_MODE)
		p = append_text(append_octal(append_text(p, "UNIX.mode="), m->mode, 4), ";");
	*append_text(p, " ") = 0;
	return path_reply(s, 213, before, m->path, "", 0);
}

struct reply const *
ftp_mff(struct session *s, char *arg)
{
	struct modfacts m;

	switch (modfacts_parse(arg, &m)) {
	case MODFACTS_OK: return change(s, &m);
	case MODFACTS_BAD: break;
	case MODFACTS_DATE: return &r_bad_date;
	case MODFACTS_UNKNOWN: return reply_fill(&s->said, s->text, &r_bad_fact, m.unknown);
	}
	return &r_bad_argument;
}

/* No file system here lets anybody set it. */
struct reply const *
ftp_mfct(struct session *s, char *arg)
{
	(void)s;
	(void)arg;
	return &r_no_create_time;
}
