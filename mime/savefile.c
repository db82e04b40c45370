/* Parts as files. */

#include <string.h>

#include "mime/fname.h"
#include "mime/unpack.h"

static int
begin(struct mime_unpack *u, struct mime_part *part)
{
	u->skipped = u->made >= u->limits[MIME_X_FILES];
	if (u->skipped) return mime_unpack_note(u, part, MIME_LIMIT_FILES);
	if (!mime_outdir_begin(&u->dir, &u->file)) return mime_unpack_fail(u, "create a file");
	u->written.fd = u->file.fd;
	u->written.n = 0;
	return 1;
}

static int
data(struct mime_unpack *u, char const *s, size_t n)
{
	return u->skipped || mime_sink_put(&u->written, s, n)
	    || mime_unpack_fail(u, "write a file");
}

static int
record(struct mime_unpack *u, struct mime_part const *part, char const *path)
{
	return mime_record_put(&u->out, &u->form, part, path)
	    || mime_unpack_fail(u, "write to standard output");
}

/* The file is complete: it gets its name. */
static int
end(struct mime_unpack *u, struct mime_part *part)
{
	char name[MIME_OUTDIR_NAME];
	char path[MIME_OUTDIR_NAME];
	unsigned int what = 0;
	size_t n = 0;

	if (u->skipped) return record(u, part, NULL);
	if (!mime_sink_flush(&u->written)) return mime_unpack_fail(u, "write a file");
	if (part->namelen) n = mime_fname(name, part->name, part->namelen, &what);
	if (n == 0) mime_fname_default(name, part->section, part->type);
	if (!mime_outdir_publish(&u->dir, &u->file, name, path))
		return mime_unpack_fail(u, "name a file");
	u->made++;
	if (what & MIME_FNAME_CUT && !mime_unpack_note(u, part, MIME_NAME_CUT)) return 0;
	if (what & MIME_FNAME_CHANGED && !mime_unpack_note(u, part, MIME_NAME_CHANGED)) return 0;
	return record(u, part, path);
}

struct mime_action const mime_action_files = {
	.begin = &begin,
	.data = &data,
	.end = &end,
	.last = &mime_record_end,
};
