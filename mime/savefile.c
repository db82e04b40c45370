/* Parts as files. */

#include <string.h>

#include "mime/fname.h"
#include "mime/template.h"
#include "mime/unpack.h"
#include "mime/warning.h"

static int
sums(struct mime_unpack const *u)
{
	return u->template && mime_template_uses(u->template, 'h');
}

/* Files that are not there yet count too, so that there are never more. */
static int
too_many(struct mime_unpack const *u)
{
	int text = u->now != u->leaves && u->savings[0].file.fd != -1;

	return u->made + u->depth + (unsigned int)text >= u->limits[MIME_X_FILES];
}

static int
open_file(struct mime_unpack *u, struct mime_saving *f)
{
	if (!mime_outdir_begin(&u->dir, &f->file)) return mime_unpack_fail(u, "create a file");
	f->written.fd = f->file.fd;
	f->written.n = 0;
	if (sums(u)) mime_sum_begin(&f->sum);
	return 1;
}

static int
write_file(struct mime_unpack *u, struct mime_saving *f, char const *s, size_t n)
{
	if (sums(u)) mime_sum_add(&f->sum, s, n);
	return mime_sink_put(&f->written, s, n) || mime_unpack_fail(u, "write a file");
}

static int
record(struct mime_unpack *u, struct mime_part const *part, char const *path)
{
	return mime_record_put(&u->out, &u->form, part, path)
	    || mime_unpack_fail(u, "write to standard output");
}

/* The name it should have; what happened to the one of the message is noted. */
static int
name_file(struct mime_unpack *u, struct mime_saving *f, struct mime_part *part, char *name)
{
	char content[MIME_SUM_HEX + 1] = "";
	char text[MIME_TEMPLATE];
	unsigned int what = 0;
	unsigned int other = 0;
	size_t n = 0;

	if (part->namelen) n = mime_fname(name, part->name, part->namelen, &what);
	if (n == 0) mime_fname_default(name, part->section, part->type);
	if (sums(u)) mime_sum_hex(&f->sum, content, MIME_TEMPLATE_SUM);
	if (u->template) {
		n = mime_template(text, u->template, name, part, &u->envelope, content);
		if (mime_fname(name, text, n, &other) == 0)
			mime_fname_default(name, part->section, part->type);
	}
	what |= other & MIME_FNAME_CUT;
	what |=
	    mime_fname_narrow(name, u->limits[MIME_X_ASCII] != 0, (size_t)u->limits[MIME_X_NAME]);
	if (what & MIME_FNAME_CUT && !mime_unpack_note(u, part, MIME_NAME_CUT)) return 0;
	return !(what & MIME_FNAME_CHANGED) || mime_unpack_note(u, part, MIME_NAME_CHANGED);
}

/* The file is complete: it gets its name. */
static int
publish(struct mime_unpack *u, struct mime_saving *f, struct mime_part *part)
{
	char name[MIME_OUTDIR_NAME];
	char path[MIME_OUTDIR_NAME];

	if (u->full) {
		mime_outdir_discard(&u->dir, &f->file);
		return record(u, part, NULL);
	}
	if (!mime_sink_flush(&f->written)) return mime_unpack_fail(u, "write a file");
	if (!name_file(u, f, part, name)) return 0;
	switch (mime_outdir_publish(&u->dir, &f->file, name, path)) {
	case MIME_PUBLISHED_NOT: return mime_unpack_fail(u, "name a file");
	case MIME_PUBLISHED_BEFORE: break;
	case MIME_PUBLISHED_LATER:
		if (!u->late++)
			mime_warning_say(u,
			    "names in this directory are taken before the file is "
			    "there: it has neither links nor exclusive renames");
		u->made++;
		break;
	case MIME_PUBLISHED: u->made++; break;
	case MIME_PUBLISHED_NONE:
		return mime_unpack_note(u, part, MIME_NAME_LOST) && record(u, part, NULL);
	}
	return record(u, part, path);
}

static int
begin(struct mime_unpack *u, struct mime_part *part)
{
	struct mime_nested *m = u->nested + u->depth;

	u->now->skipped = too_many(u);
	if (u->now->skipped) return mime_unpack_note(u, part, MIME_LIMIT_FILES);
	if (!part->container) return open_file(u, u->now->saving);
	/* Of those further in the outer one has the bytes. */
	if (u->depth == MIME_NESTED) return mime_unpack_note(u, part, MIME_LIMIT_DEPTH);
	if (!open_file(u, &m->saving)) return 0;
	m->part = *part;
	u->depth++;
	return 1;
}

static int
data(struct mime_unpack *u, char const *s, size_t n)
{
	return u->now->skipped || write_file(u, u->now->saving, s, n);
}

static int
end(struct mime_unpack *u, struct mime_part *part)
{
	return u->now->skipped ? record(u, part, NULL) : publish(u, u->now->saving, part);
}

static int
message_end(struct mime_unpack *u, struct mime_part const *part)
{
	struct mime_nested *m = u->nested + u->depth - 1;

	u->depth--;
	m->part.container = 0;
	m->part.codes |= part->codes;
	m->part.end = part->end;
	return publish(u, &m->saving, &m->part);
}

/* The bytes of a message go into the files of all that it is in. */
static int
watch(struct mime_unpack *u, struct mime_event const *e)
{
	unsigned int i;

	if (u->depth == 0) return 1;
	if (e->kind == MIME_EVENT_END && e->part->container
	    && e->part->depth == u->nested[u->depth - 1].part.depth)
		return message_end(u, e->part);
	if (e->kind != MIME_EVENT_RAW) return 1;
	for (i = 0; i < u->depth; i++) {
		u->nested[i].part.size += e->n;
		if (!mime_unpack_room(u, &u->nested[i].part, e->n)) break;
		if (!write_file(u, &u->nested[i].saving, e->s, e->n)) return 0;
	}
	return 1;
}

void
mime_savefile_discard(struct mime_unpack *u)
{
	mime_outdir_discard(&u->dir, &u->savings[0].file);
	mime_outdir_discard(&u->dir, &u->savings[1].file);
	while (u->depth > 0) mime_outdir_discard(&u->dir, &u->nested[--u->depth].saving.file);
}

void
mime_savefile_drop(struct mime_unpack const *u)
{
	unsigned int i;

	mime_outdir_drop(&u->dir, &u->savings[0].file);
	mime_outdir_drop(&u->dir, &u->savings[1].file);
	for (i = 0; i < MIME_NESTED; i++) mime_outdir_drop(&u->dir, &u->nested[i].saving.file);
}

struct mime_action const mime_action_files = {
	.unfinished = 1,
	.begin = &begin,
	.data = &data,
	.end = &end,
	.watch = &watch,
	.last = &mime_record_end,
};

struct mime_action const mime_action_named_files = {
	.envelope = 1,
	.unfinished = 1,
	.begin = &begin,
	.data = &data,
	.end = &end,
	.watch = &watch,
	.last = &mime_record_end,
};
