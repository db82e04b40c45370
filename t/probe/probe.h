/* probe.h - what a talker must not be able to do, tried. */

#ifndef PROBE_PROBE_H
#define PROBE_PROBE_H

#include "lib/reply.h"

/*
 * Try "open path", "make path", "remove path", "rename path" (to path.probe),
 * "chmod path" (to 0600), "exec path", "socket protocol" (a stream), "connect
 * port" or "fastopen port" (127.0.0.1), "type text" (into a terminal on 2),
 * "kill" (the parent) or "fork". 250 if it worked, 550 if it failed; NULL if
 * arg asks for none of these. A call the filter forbids does not return.
 */
extern struct reply const *probe_try(char const *arg);

#endif
