/* cpuenv.h - MIME_CPU. Not part of the pure library. */

#ifndef MIME_CPUENV_H
#define MIME_CPUENV_H

#include "mime/cpu.h"

/*
 * What MIME_CPU names, MIME_CPU_UNKNOWN if it is not set. Ends the program with
 * 100 if there is no such kind or this machine does not have it.
 */
extern enum mime_cpu mime_cpu_env(void);

#endif
