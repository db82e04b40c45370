/*
 * replies.h - everything smtp-session can say, in order of code. A text that
 * begins with an enhanced status code (RFC 3463) loses it where the client said
 * HELO. '%' is filled by reply_fill.
 */

#ifndef SMTP_REPLIES_H
#define SMTP_REPLIES_H

#include "lib/reply.h"

static struct reply const r_help = { 214, "2.0.0 %" };
static struct reply const r_greeting = { 220, "% ESMTP" };
static struct reply const r_greeting_lmtp = { 220, "% LMTP" };
static struct reply const r_begin_tls = { 220, "2.0.0 Ready to start TLS" };
static struct reply const r_bye = { 221, "2.0.0 Bye" };
static struct reply const r_logged_in = { 235, "2.7.0 OK" };
static struct reply const r_ok = { 250, "2.0.0 OK" };
static struct reply const r_sender_ok = { 250, "2.1.0 OK" };
static struct reply const r_recipient_ok = { 250, "2.1.5 OK" };
static struct reply const r_kept = { 250, "2.0.0 OK id=%" };
static struct reply const r_octets = { 250, "2.0.0 % octets" };
static struct reply const r_hello = { 250, "%" };
static struct reply const r_vrfy = { 252, "2.0.0 Send mail and see" };
static struct reply const r_go_on = { 334, "" };
static struct reply const r_username = { 334, "VXNlcm5hbWU6" };
static struct reply const r_password = { 334, "UGFzc3dvcmQ6" };
static struct reply const r_go_ahead = { 354, "End data with <CR><LF>.<CR><LF>" };
static struct reply const r_shutdown = { 421, "4.3.0 Server misconfigured, try later" };
static struct reply const r_terminated = { 421, "4.3.2 Shutting down" };
static struct reply const r_flood = { 421, "4.7.0 Line without end" };
static struct reply const r_many_errors = { 421, "4.7.0 Too many errors" };
static struct reply const r_many_logins = { 421, "4.7.0 Too many failed logins" };
static struct reply const r_many_mails = { 421, "4.7.0 Too many messages, connect again" };
static struct reply const r_many_chunks = { 421, "4.7.0 Too many small chunks" };
static struct reply const r_no_progress = { 421, "4.7.0 Too many commands without mail" };
static struct reply const r_no_service = { 421, "4.3.0 Try again later" };
static struct reply const r_timeout = { 421, "4.4.2 Timeout" };
static struct reply const r_later = { 451, "4.3.0 Try again later" };
static struct reply const r_recipient_later = { 451, "4.3.0 Cannot check this recipient now" };
static struct reply const r_listed = { 451, "4.7.1 %" };
static struct reply const r_disk_full = { 452, "4.3.1 Not enough space, try again later" };
static struct reply const r_many_recipients = { 452, "4.5.3 Too many recipients" };
static struct reply const r_no_login = { 454, "4.7.0 Cannot check logins now, try again later" };
static struct reply const r_no_tls = { 454, "4.7.0 TLS not available now" };
static struct reply const r_bare_lf = { 500, "5.5.2 Line ended by a bare LF, send CRLF" };
static struct reply const r_cr = { 500, "5.5.2 CR in a session of lines that end with LF" };
static struct reply const r_ahead = { 500, "5.5.2 Wait for the reply to the message" };
static struct reply const r_long = { 500, "5.5.2 Line too long" };
static struct reply const r_long_response = { 500, "5.5.6 Line too long" };
static struct reply const r_unknown = { 500, "5.5.2 Unknown command" };
static struct reply const r_bad_chunk = { 501, "5.5.4 Say BDAT size or BDAT size LAST" };
static struct reply const r_not_base64 = { 501, "5.5.2 Not what the mechanism wants, in base64" };
static struct reply const r_cancelled = { 501, "5.5.2 Login cancelled" };
static struct reply const r_blanks = { 501, "5.5.2 One space wanted before the argument" };
static struct reply const r_want_lhlo = { 500, "5.5.1 This is LMTP, say LHLO" };
static struct reply const r_bad_param = { 501, "5.5.4 Bad parameter" };
static struct reply const r_bad_recipient = { 501, "5.1.3 Bad recipient address syntax" };
static struct reply const r_bad_sender = { 501, "5.1.7 Bad sender address syntax" };
static struct reply const r_control = { 501, "5.5.2 Control character in command" };
static struct reply const r_no_argument = { 501, "5.5.4 No argument allowed" };
static struct reply const r_long_name = { 501, "5.5.4 Name too long" };
static struct reply const r_want_argument = { 501, "5.5.4 Argument wanted" };
static struct reply const r_want_from = { 501, "5.5.4 Say MAIL FROM:<address>" };
static struct reply const r_want_to = { 501, "5.5.4 Say RCPT TO:<address>" };
static struct reply const r_none = { 502, "5.5.1 Not implemented" };
static struct reply const r_binary = { 503, "5.5.1 BODY=BINARYMIME comes by BDAT" };
static struct reply const r_chunk_failed = { 503, "5.5.1 The message is lost, RSET first" };
static struct reply const r_chunked = { 503, "5.5.1 BDAT was begun, go on with it or RSET" };
static struct reply const r_in_transaction = { 503, "5.5.1 No login once MAIL was given" };
static struct reply const r_login_again = { 503, "5.5.1 Already logged in" };
static struct reply const r_tls_again = { 503, "5.5.1 TLS is on already" };
static struct reply const r_want_ehlo = { 503, "5.5.1 EHLO first, LHLO in LMTP" };
static struct reply const r_nested = { 503, "5.5.1 MAIL was given, RSET first" };
static struct reply const r_only_quit = { 503, "5.5.1 Refused, only QUIT is left" };
static struct reply const r_want_helo = { 503, "5.5.1 EHLO or HELO first, LHLO in LMTP" };
static struct reply const r_want_mail = { 503, "5.5.1 MAIL first" };
static struct reply const r_want_rcpt = { 503, "5.5.1 RCPT first" };
static struct reply const r_mechanism = { 504, "5.5.4 No such mechanism, say PLAIN or LOGIN" };
static struct reply const r_want_login = { 530, "5.7.0 Authentication required" };
static struct reply const r_want_tls = { 530, "5.7.0 Must issue a STARTTLS command first" };
static struct reply const r_incorrect = { 535, "5.7.8 Name or password incorrect" };
static struct reply const r_slash = { 550, "5.1.1 No such mailbox" };
static struct reply const r_bare = { 550, "5.6.11 Bare CR or LF in the message" };
static struct reply const r_no_mailbox = { 550, "5.1.1 No such mailbox" };
static struct reply const r_bad_from = { 550, "5.7.1 Mail from this sender is refused" };
static struct reply const r_too_big = { 552, "5.3.4 Message too big" };
static struct reply const r_utf8 = { 553, "5.6.7 Address in UTF-8 needs SMTPUTF8 said to MAIL" };
static struct reply const r_8bit = { 553, "5.6.7 Command not in US-ASCII" };
static struct reply const r_banned = { 553, "5.7.1 %" };
static struct reply const r_turned_away = { 554, "%" };
static struct reply const r_early = { 554, "5.5.1 Spoke before the greeting" };
static struct reply const r_no_valid = { 554, "5.5.1 No valid recipients" };
static struct reply const r_behind = { 554, "5.5.0 Wait for 220 after STARTTLS" };
static struct reply const r_pipelined = { 554, "5.5.0 Wait for 354 before the message" };
static struct reply const r_closed = { 554,
	"5.7.1 No mail accepted: RCPTHOSTS, SMTP_ANY and RELAYCLIENT are unset" };
static struct reply const r_routed = { 554, "5.7.1 No routing in local parts (SMTP_PERCENT)" };
static struct reply const r_relay = { 554,
	"5.7.1 This host does not accept mail for that recipient (RCPTHOSTS)" };
static struct reply const r_loop = { 554, "5.4.6 Too many hops" };
static struct reply const r_long_address = { 554, "5.1.3 Address too long for the queue" };
static struct reply const r_content = { 554, "5.6.0 Message refused" };
static struct reply const r_refused = { 554, "5.3.0 Message refused" };
static struct reply const r_unknown_param = { 555, "5.5.4 Unknown parameter" };

#endif
