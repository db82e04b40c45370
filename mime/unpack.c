/* What mime-unpack does with the events of the parser. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "mime/fname.h"
#include "mime/record.h"
#include "mime/unpack.h"

/* Warnings printed for one message; the rest is only counted. */
#define WARNINGS 100

static enum mime_answer
fail(struct mime_unpack *u, char const *what)
{
	u->error = errno;
	u->failed = what;
	return MIME_STOP;
}

static void
warn(struct mime_unpack *u, char const *section, uint64_t offset, enum mime_code code,
    enum mime_level level)
{
	if ((int)level > u->level) u->level = (int)level;
	if (u->quiet > 1 || (u->quiet && level == MIME_NOTICE) || u->warned++ >= WARNINGS) return;
	(void)fprintf(stderr, "mime-unpack: %s: section %s offset %llu: %s: %s\n",
	    level == MIME_NOTICE ? "notice" : "warning", section, (unsigned long long)offset,
	    mime_code_name(code), mime_code_text(code));
}

static void
note(struct mime_unpack *u, struct mime_part *part, enum mime_code code)
{
	part->codes |= (mime_codes)1 << code;
	warn(u, part->section, part->body, code, mime_code_level(code));
}

static enum mime_answer
list(struct mime_unpack *u, struct mime_part const *part, char const *path)
{
	int done = 1;

	if (u->action == MIME_LIST)
		done = mime_listing_put(&u->out, part);
	else if (u->action != MIME_BODIES)
		done = mime_record_put(&u->out, part, path);
	return done ? MIME_GO : fail(u, "write to standard output");
}

static enum mime_answer
head(struct mime_unpack *u, struct mime_part *part)
{
	int container = part->container && !(u->whole && part->class == MIME_CLASS_MSG);

	u->skipped = 0;
	if (container) {
		u->wanted = 0;
		if (!mime_pick_match(&u->pick, part)) return MIME_GO;
		if (u->action == MIME_LIST || u->action == MIME_RECORDS) u->matched++;
		return u->action == MIME_FILES_IN ? MIME_GO : list(u, part, NULL);
	}
	part->container = 0;
	u->wanted = mime_pick_match(&u->pick, part);
	if (u->wanted) u->matched++;
	if (u->wanted && u->action == MIME_FILES_IN) {
		u->skipped = u->made >= u->files;
		if (u->skipped) {
			note(u, part, MIME_LIMIT_FILES);
		} else {
			if (!mime_outdir_begin(&u->dir)) return fail(u, "create a file");
			u->file.fd = u->dir.file;
			u->file.n = 0;
		}
	}
	return MIME_WHOLE;
}

static enum mime_answer
data(struct mime_unpack *u, struct mime_event const *e)
{
	if (!u->wanted || u->skipped) return MIME_GO;
	if (u->action == MIME_FILES_IN)
		return mime_sink_put(&u->file, e->s, e->n) ? MIME_GO : fail(u, "write a file");
	if (u->action == MIME_BODIES)
		return mime_sink_put(&u->out, e->s, e->n) ? MIME_GO
		                                          : fail(u, "write to standard output");
	return MIME_GO;
}

/* The file is complete: it gets its name. */
static enum mime_answer
publish(struct mime_unpack *u, struct mime_part *part)
{
	char name[MIME_OUTDIR_NAME];
	char path[MIME_OUTDIR_NAME];
	unsigned int what = 0;
	size_t n = 0;

	if (!mime_sink_flush(&u->file)) return fail(u, "write a file");
	if (part->namelen) n = mime_fname(name, part->name, part->namelen, &what);
	if (n == 0) mime_fname_default(name, part->section, part->type);
	if (!mime_outdir_publish(&u->dir, name, path)) return fail(u, "name a file");
	u->made++;
	if (what & MIME_FNAME_CUT) note(u, part, MIME_NAME_CUT);
	if (what & MIME_FNAME_CHANGED) note(u, part, MIME_NAME_CHANGED);
	return list(u, part, path);
}

static enum mime_answer
end(struct mime_unpack *u, struct mime_part *part)
{
	if (part->container || !u->wanted) return MIME_GO;
	u->wanted = 0;
	if (u->action == MIME_FILES_IN && !u->skipped) return publish(u, part);
	return list(u, part, NULL);
}

enum mime_answer
mime_unpack_event(void *ctx, struct mime_event const *e)
{
	struct mime_unpack *u = ctx;

	switch (e->kind) {
	case MIME_EVENT_HEAD: return head(u, e->part);
	case MIME_EVENT_DATA: return data(u, e);
	case MIME_EVENT_END: return end(u, e->part);
	case MIME_EVENT_BEGIN:
	case MIME_EVENT_FIELD:
	case MIME_EVENT_RAW: break;
	case MIME_EVENT_WARN: warn(u, e->part->section, e->offset, e->code, e->level); break;
	}
	return MIME_GO;
}

int
mime_unpack_status(struct mime_unpack const *u)
{
	if (u->level == MIME_LIMIT) return 3;
	if (u->level == MIME_DAMAGE) return 2;
	return u->pick.given && u->matched == 0;
}
