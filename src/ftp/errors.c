/* errno to reply: our own texts, which no locale changes and no name enters. */

#include <errno.h>
#include <stddef.h>

#include "ftp/errors.h"
#include "ftp/replies.h"

struct row {
	int error;
	struct reply const *reply;
};

/* clang-format off */
static struct row const rows[] = {
	{ ENOENT, &r_not_found },
	{ EACCES, &r_denied }, { EPERM, &r_denied }, { EROFS, &r_denied },
	{ EISDIR, &r_is_directory },
	{ ENOTDIR, &r_not_directory },
	{ ENOTEMPTY, &r_not_empty },
	{ EBUSY, &r_denied },
	{ EEXIST, &r_exists },
	{ ENAMETOOLONG, &r_bad_name }, { EINVAL, &r_bad_name }, { EILSEQ, &r_bad_name },
	{ ELOOP, &r_many_links },
	{ EXDEV, &r_cross_device },
	{ ENXIO, &r_not_plain }, { ENODEV, &r_not_plain },
	{ ENOSPC, &r_no_space },
	{ EDQUOT, &r_over_limit }, { EFBIG, &r_over_limit },
	{ EAGAIN, &r_busy }, { ETXTBSY, &r_busy },
	{ 0, NULL },
};
/* clang-format on */

struct reply const *
errors_reply(int error)
{
	struct row const *row;

	for (row = rows; row->reply; row++)
		if (row->error == error) return row->reply;
	return &r_local;
}

struct reply const *
errors_or(int error, struct reply const *missing)
{
	return error == ENOENT ? missing : errors_reply(error);
}
