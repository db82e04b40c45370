/* What the monitor of an SMTP session answers. */

#include "smtp/rules.h"
#include "smtp/session.h"

static enum monitor_result
rule_forget(struct session *s, struct monitor_message *m, int *fd)
{
	(void)m;
	(void)fd;
	held_forget(&s->held);
	return MONITOR_SILENT;
}

struct monitor_rule const smtp_rules[] = { { MONITOR_RECIPIENT, rule_recipient },
	{ MONITOR_SPOOL, rule_spool }, { MONITOR_FORGET, rule_forget },
	{ MONITOR_ARRIVAL, rule_arrival }, { MONITOR_PARTIAL, rule_partial },
	{ MONITOR_LOGIN, rule_login }, { MONITOR_TLS, rule_tls }, { 0, NULL } };
