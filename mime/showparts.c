/* Listings: the parts of a message and what is wrong with it, without their bytes. */

#include "mime/unpack.h"

static int
put_line(struct mime_unpack *u, struct mime_part const *part)
{
	return mime_listing_put(&u->out, part) || mime_unpack_fail(u, "write to standard output");
}

static int
put_record(struct mime_unpack *u, struct mime_part const *part)
{
	return mime_record_put(&u->out, &u->form, part, NULL)
	    || mime_unpack_fail(u, "write to standard output");
}

/* Containers when they begin, leaves when they end and all is known. */
static int
line_begin(struct mime_unpack *u, struct mime_part *part)
{
	return !part->container || put_line(u, part);
}

static int
line_end(struct mime_unpack *u, struct mime_part *part)
{
	return put_line(u, part);
}

static int
record_begin(struct mime_unpack *u, struct mime_part *part)
{
	return !part->container || put_record(u, part);
}

static int
record_end(struct mime_unpack *u, struct mime_part *part)
{
	return put_record(u, part);
}

static int
object_end(struct mime_unpack *u, struct mime_part *part)
{
	mime_codes told = part->codes >> MIME_LIMIT_FIELD & 1;

	if (!told && mime_json_cut(&u->envelope, &u->json)
	    && !mime_unpack_note(u, part, MIME_LIMIT_FIELD))
		return 0;
	return mime_json_put(&u->out, &u->form, part, &u->envelope, &u->json)
	    || mime_unpack_fail(u, "write to standard output");
}

static int
object_begin(struct mime_unpack *u, struct mime_part *part)
{
	return !part->container || object_end(u, part);
}

struct mime_action const mime_action_list = {
	.containers = 1,
	.begin = &line_begin,
	.end = &line_end,
};

struct mime_action const mime_action_records = {
	.containers = 1,
	.begin = &record_begin,
	.end = &record_end,
	.last = &mime_record_end,
};

struct mime_action const mime_action_json = {
	.containers = 1,
	.envelope = 1,
	.begin = &object_begin,
	.end = &object_end,
	.last = &mime_json_end,
};

/* What it prints comes from mime_warning. */
struct mime_action const mime_action_check = {
	.containers = 1,
	.last = &mime_record_end,
};
