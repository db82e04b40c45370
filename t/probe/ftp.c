/* NOOP of ftp-session, wrapped by the linker. */

#include <string.h>

#include "lib/monitor.h"
#include "lib/packet.h"
#include "lib/verb.h"
#include "probe.h"

extern handler __real_ftp_noop;
extern handler __wrap_ftp_noop;

/* "reach address": ask the monitor for a connection to its port 5000. */
static struct reply const *
try_reach(char const *address)
{
	static struct reply const through = { 250, "The probe got through" };
	static struct monitor_message m;
	int fd;

	monitor_begin(&m, MONITOR_CONNECT, 5000);
	if (!monitor_add(&m, address, NULL) || !packet_send(MONITOR_FD, &m, -1)) return NULL;
	return packet_receive(MONITOR_FD, &m, &fd) == 1 ? &through : NULL;
}

struct reply const *
__wrap_ftp_noop(struct session *s, char *arg)
{
	struct reply const *r =
	    strncmp(arg, "reach ", 6) == 0 ? try_reach(arg + 6) : probe_try(arg);

	return r ? r : __real_ftp_noop(s, arg);
}
