/* MIME_CPU: the vector instructions that are to be used. */

#include <stdlib.h>

#include <skalibs/strerr.h>

#include "mime/cpuenv.h"

enum mime_cpu
mime_cpu_env(void)
{
	char const *name = getenv("MIME_CPU");
	enum mime_cpu cpu;

	if (!name) return MIME_CPU_UNKNOWN;
	cpu = mime_cpu_named(name);
	if (cpu == MIME_CPU_UNKNOWN) strerr_dief(100, "invalid MIME_CPU: ", name);
	if (!mime_cpu_has(cpu)) strerr_dief(100, "MIME_CPU: this machine does not have ", name);
	return cpu;
}
