/* Signals that end the program: nothing half done stays. */

#include <signal.h>
#include <stddef.h>

#include "mime/interrupt.h"

static int const fatal[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGXCPU, SIGXFSZ };

static void (*clean_up)(void);

static void
on_signal(int sig)
{
	clean_up();
	(void)raise(sig); /* SA_RESETHAND: as if nobody had caught it */
}

int
mime_interrupt(void (*clean)(void))
{
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };
	struct sigaction old;
	size_t i;

	clean_up = clean;
	for (i = 0; i < sizeof fatal / sizeof *fatal; i++) (void)sigaddset(&sa.sa_mask, fatal[i]);
	for (i = 0; i < sizeof fatal / sizeof *fatal; i++) {
		if (sigaction(fatal[i], NULL, &old) == -1) return 0;
		if (old.sa_handler != SIG_IGN && sigaction(fatal[i], &sa, NULL) == -1) return 0;
	}
	return 1;
}
