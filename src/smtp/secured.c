/* The monitor learns that TLS has begun. */

#include <stdlib.h>
#include <string.h>

#include "smtp/rules.h"
#include "smtp/session.h"

static char const *const names[] = { "SSL_PROTOCOL", "SSL_CIPHER", NULL };

enum monitor_result
rule_tls(struct session *s, struct monitor_message *m, int *fd)
{
	size_t i;

	if (*fd != -1 || !s->startable || s->state & S_TLS || !monitor_pairs_ok(m, names))
		return MONITOR_FOUL;
	for (i = 0; names[i]; i++) {
		char const *value = monitor_value(m, names[i]);

		if (!value) continue;
		if (strlen(value) >= STARTTLS_WORD) return MONITOR_FOUL;
		/* Every program that runs from now on is told. */
		if (setenv(names[i], value, 1) == -1) return MONITOR_FOUL;
	}
	held_forget(&s->held);
	rcptcheck_forget(&s->checked);
	s->state &= ~(unsigned int)S_AUTH;
	s->state |= S_TLS;
	return MONITOR_SILENT;
}
