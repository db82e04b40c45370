/* A password is not shown, whatever ends the reading of it. */

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/sig.h>

#include "login/password.h"

enum { INTERRUPTED = 111 };

/* A byte at a time: what follows the line is not ours. */
static enum password
read_line(char *s, size_t max)
{
	size_t n = 0;
	ssize_t r;

	while ((r = read(0, s + n, 1)) == 1 && s[n] != '\n') {
		if (s[n] == 0 || n + 1 >= max) return PASSWORD_BAD;
		n++;
	}
	if (r == -1) return PASSWORD_ERROR;
	s[n] = 0;
	return n ? PASSWORD_OK : PASSWORD_BAD;
}

static struct termios before;

/* Just to make read(2) return would be too early a moment before it: the end, here. */
static void
interrupt(int sig)
{
	(void)sig;
	(void)tcsetattr(0, TCSAFLUSH, &before);
	_exit(INTERRUPTED);
}

static void catch (struct sigaction const *act)
{
	static int const fatal[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE };
	size_t i;

	for (i = 0; i < sizeof fatal / sizeof *fatal; i++) (void)sigaction(fatal[i], act, NULL);
}

static enum password
ask(char const *prompt, char *s, size_t max)
{
	enum password r;

	(void)fd_write(2, prompt, strlen(prompt));
	r = read_line(s, max);
	(void)fd_write(2, "\n", 1);
	return r;
}

static enum password
ask_twice(char *password, size_t max)
{
	char again[512];
	enum password r = ask("Password: ", password, max);

	if (r != PASSWORD_OK) return r;
	r = ask("Again: ", again, sizeof again);
	if (r == PASSWORD_OK && strcmp(password, again) != 0) r = PASSWORD_DIFFERS;
	explicit_bzero(again, sizeof again);
	return r;
}

enum password
password_read(char *password, size_t max)
{
	struct sigaction act = { .sa_handler = interrupt };
	struct termios quiet;
	enum password r;

	if (!isatty(0)) return read_line(password, max);
	if (tcgetattr(0, &before) == -1) return PASSWORD_ERROR;
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	catch (&act);
	if (tcsetattr(0, TCSAFLUSH, &quiet) == -1) return PASSWORD_ERROR;
	r = ask_twice(password, max);
	(void)tcsetattr(0, TCSAFLUSH, &before);
	act.sa_handler = SIG_DFL;
	catch (&act);
	return r;
}
