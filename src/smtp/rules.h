/* rules.h - the monitor's answers; no network byte is parsed in them. */

#ifndef SMTP_RULES_H
#define SMTP_RULES_H

#include "lib/monitor.h"

struct session;

/* The rows of smtp_rules; the result as for struct monitor_rule. */
extern enum monitor_result rule_recipient(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_spool(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_arrival(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_partial(struct session *s, struct monitor_message *m, int *fd);

#endif
