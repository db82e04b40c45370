/* rules.h - the monitor's answers; no network byte is parsed in them. */

#ifndef SMTP_RULES_H
#define SMTP_RULES_H

#include "lib/monitor.h"

struct session;

/*
 * The rows of smtp_rules; the result as for struct monitor_rule. What is asked,
 * and answered:
 *
 * MONITOR_LOGIN      number: enum sasl; name and password. number: enum login_verdict.
 *     Without text nobody has logged in any more, and there is no answer.
 * MONITOR_RECIPIENT  number: the length of the local part; RECIPIENT, SENDER,
 *     SMTPHELOHOST, and RCPT's parameters. number: enum recipient; RECIPIENT as
 *     policy has completed it, BY: which policy, TEXT for the reply; with the first
 *     who gets it, if it could be had, the message's file and ID.
 * MONITOR_SPOOL      nothing; needs a recipient, and that no file came with one. The
 *     id, and the file; number: errno if there is none.
 * MONITOR_ARRIVAL    number: 0, or in LMTP the next RCPT command that was
 *     accepted, from 1; what is said of the message. number: enum arrival,
 *     detail: exit status; the line printed, the end in a word, in LMTP who.
 * MONITOR_TLS        SSL_PROTOCOL, SSL_CIPHER, for programs; all that was said before
 *     is forgotten, and there is no answer.
 */
extern enum monitor_result rule_login(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_recipient(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_spool(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_arrival(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_partial(struct session *s, struct monitor_message *m, int *fd);
extern enum monitor_result rule_tls(struct session *s, struct monitor_message *m, int *fd);

#endif
