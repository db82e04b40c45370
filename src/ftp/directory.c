/* CWD, CDUP, PWD, MKD, RMD: RFC 959 4.1.1 and 4.1.3, appendix II. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/errors.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/message.h"
#include "ftp/parents.h"
#include "ftp/remove.h"
#include "ftp/replies.h"
#include "ftp/room.h"
#include "ftp/session.h"

static struct reply const *
change(struct session *s)
{
	struct stat st;
	int fd = tree_open(&s->tree, s->path, O_PATH | O_DIRECTORY);
	int r;

	if (fd == -1) return errors_or(errno, &r_no_directory);
	/* O_PATH asks nothing of the directory itself: look whether it may be entered. */
	r = fstatat(fd, ".", &st, 0);
	if (r == -1) r = errno;
	fd_close(fd);
	if (r) return errors_reply(r);
	memcpy(s->cwd, s->path, sizeof s->cwd);
	message_say(s);
	return path_reply(s, 250, "Directory changed to \"", s->cwd, "\".", 1);
}

/* No argument: home. Cameras send "CWD " and mean it. */
struct reply const *
ftp_cwd(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg[0] ? arg : "/", &r_no_directory);

	return r ? r : change(s);
}

struct reply const *
ftp_cdup(struct session *s, char *arg)
{
	(void)arg;
	(void)path_join(s->path, s->cwd, "..");
	return change(s);
}

struct reply const *
ftp_pwd(struct session *s, char *arg)
{
	(void)arg;
	return path_reply(s, 257, "\"", s->cwd, "\" is the current directory", 1);
}

/* s->path as a directory. 0, or the error. */
static int
make(struct session *s)
{
	char const *name;
	int error = 0;
	int dir;

	if (s->path[1] == 0) return EEXIST;
	dir = tree_parent(&s->tree, s->path, &name);
	if (dir == -1) return errno;
	if (!room_entry(s, dir) || mkdirat(dir, name, 0777 & ~s->mask) == -1) error = errno;
	fd_close(dir);
	if (!error) event_path(s, "mkdir", s->path);
	return error;
}

struct reply const *
ftp_mkd(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_bad_name);
	int error;

	if (r) return r;
	error = make(s);
	if (error) return errors_or(error, &r_no_directory);
	return path_reply(s, 257, "\"", s->path, "\" created", 1);
}

/* lftp says it for mkdir -p: what is missing above is made too, what is there is fine. */
struct reply const *
site_mkdir(struct session *s, char *arg)
{
	struct reply const *r = path_take(s, arg, &r_bad_name);
	struct stat st;
	int error;

	if (r) return r;
	error = parents_make(s) ? make(s) : errno;
	if (error == EEXIST && tree_stat(&s->tree, s->path, &st) && S_ISDIR(st.st_mode)) error = 0;
	return error ? errors_or(error, &r_no_directory) : &r_mkdir_ok;
}

static struct reply const *
remove_directory(struct session *s, char const *arg, int all)
{
	struct reply const *r = path_take(s, arg, &r_no_directory);
	char const *name;
	int error = 0;
	int dir;
	int ok;

	if (r) return r;
	dir = tree_parent(&s->tree, s->path, &name);
	if (dir == -1) return errors_or(errno, &r_no_directory);
	ok = all ? remove_all(s, dir, name) : remove_empty(s, dir, name);
	if (!ok) error = errno;
	fd_close(dir);
	if (error) return errors_or(error, &r_no_directory);
	event_path(s, "rmdir", s->path);
	return &r_removed;
}

struct reply const *
ftp_rmd(struct session *s, char *arg)
{
	return remove_directory(s, arg, 0);
}

struct reply const *
site_rmdir(struct session *s, char *arg)
{
	return remove_directory(s, arg, s->policy[FTP_RMDIR_R].number != 0);
}
