/* Virtual hosts: RFC 7151. What has a name here was put there by the administrator. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <skalibs/djbunix.h>

#include "ftp/hosts.h"
#include "ftp/session.h"

static int
is_directory(char const *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1) return 0;
	fd_close(fd);
	return 1;
}

static void
set(struct session *s, char const *name)
{
	host_fold(s->host, name);
	s->hosted = 1;
}

int
hosts_settle(struct session *s)
{
	struct policy_value *hosts = &s->policy[FTP_HOSTS];
	char const *name;

	if (!hosts->text) return 1;
	name = getenv("FTP_HOST");
	if (s->second && name && host_ok(name)) set(s, name);
	(void)unsetenv("FTP_HOST");
	if (!s->second) return is_directory(hosts->text);
	hosts->text = NULL;
	return 1;
}

/* No host_ok name has a slash, or is a dot or two. */
int
hosts_path(struct session const *s, char const *name, char *path)
{
	size_t n = strlen(s->policy[FTP_HOSTS].text);

	memcpy(path, s->policy[FTP_HOSTS].text, n);
	path[n] = '/';
	host_fold(path + n + 1, name);
	return is_directory(path);
}

static int
ask(struct session *s, char const *name)
{
	struct monitor_message *m = &s->message;
	int fd;

	monitor_begin(m, MONITOR_HOST, 0);
	if (!monitor_add(m, name, NULL) || !monitor_tell(&s->monitor, m, -1)
	    || !monitor_hear(&s->monitor, m, &fd))
		return 0;
	if (fd != -1) fd_close(fd);
	return m->number == 1;
}

int
hosts_choose(struct session *s, char const *name)
{
	char path[HOSTS_PATH];

	if (!(s->monitored ? ask(s, name) : hosts_path(s, name, path))) return 0;
	set(s, name);
	return 1;
}

void
hosts_secured(struct session *s)
{
	if (!s->policy[FTP_HOSTS].text || !s->server[0]) return;
	if (host_ok(s->server)) (void)hosts_choose(s, s->server);
}

int
hosts_none(struct session const *s)
{
	return s->policy[FTP_HOSTS].text && s->server[0] && !s->hosted;
}

enum monitor_result
hosts_answer(struct session *s, struct monitor_message *m, int *fd)
{
	char path[HOSTS_PATH];

	if (*fd != -1 || !m->len || strlen(m->text) + 1 != m->len || !host_ok(m->text))
		return MONITOR_FOUL;
	monitor_begin(m, MONITOR_HOST, (uint32_t)hosts_path(s, m->text, path));
	return MONITOR_ANSWER;
}
