/* Started by a checker, in the user's directory, with the user's rights. */

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <skalibs/djbunix.h>
#include <skalibs/strerr.h>

#include "ftp/stage.h"

/*
 * A parent that died before prctl(2) took effect has not read READY, so that
 * nobody hands a connection over: the end of descriptor 0 says so.
 */
int
stage_begin(void)
{
	pid_t parent = getppid();
	socklen_t n = sizeof(int);
	int type;

	if (getsockopt(0, SOL_SOCKET, SO_TYPE, &type, &n) == -1 || type != SOCK_SEQPACKET) return 0;
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1) return 0;
	if (getppid() != parent) _exit(111);
	return 1;
}

int
stage_has_root(char const *root)
{
	int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1) {
		strerr_warnwusys("open ", strcmp(root, ".") == 0 ? "the user's directory" : root);
		return 0;
	}
	fd_close(fd);
	return 1;
}
