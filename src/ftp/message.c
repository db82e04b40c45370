/* The one file that is read without being asked for, and only if it is named. */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "ftp/message.h"
#include "ftp/session.h"

/* The bytes read, 0 if there is nothing to say. */
static size_t
load(struct session *s, char *text)
{
	char path[PATH_SPACE];
	struct stat st;
	ssize_t n = 0;
	int fd;

	if (!path_join(path, s->cwd, s->policy[FTP_MESSAGE].text)) return 0;
	fd = tree_open(&s->tree, path, O_RDONLY | O_NONBLOCK);
	if (fd == -1) return 0;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) n = pread(fd, text, MESSAGE_BYTES, 0);
	fd_close(fd);
	return n > 0 ? (size_t)n : 0;
}

/* Control bytes, and 0xFF which telnet has its own idea of, are not for terminals. */
static void
make_safe(char *line, size_t n)
{
	for (; n; n--, line++) {
		unsigned char c = (unsigned char)*line;

		if (c == '\t')
			*line = ' ';
		else if (c < 0x20 || c == 0x7f || c == 0xff)
			*line = '?';
	}
}

static void
say_line(struct session *s, char *line, size_t n)
{
	if (n && line[n - 1] == '\r') n--;
	make_safe(line, n);
	line[n] = 0;
	control_body(s, line);
}

void
message_say(struct session *s)
{
	char text[MESSAGE_BYTES + 1];
	unsigned int lines = 0;
	size_t at = 0;
	size_t n;

	if (!s->policy[FTP_MESSAGE].text || !(s->state & S_READ)) return;
	n = load(s, text);
	if (!n) return;
	control_lead(s, 250, "Message:");
	while (at < n && lines++ < MESSAGE_LINES) {
		char *end = memchr(text + at, '\n', n - at);
		size_t len = end ? (size_t)(end - text) - at : n - at;

		say_line(s, text + at, len);
		at += len + 1;
	}
}

int
message_name_ok(char const *name)
{
	return !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}
