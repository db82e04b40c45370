/* fates.h - everything smtp-send reports of its own accord, in order of code. */

#ifndef SMTP_FATES_H
#define SMTP_FATES_H

#include "smtp/addressee.h"

static struct fate const f_gone = { 421, "4.4.2", "the connection was lost:" };
static struct fate const f_slow = { 421, "4.4.2", "no answer in time:" };
static struct fate const f_foul = { 421, "4.5.0", "not SMTP:" };
static struct fate const f_odd = { 421, "4.5.0", "the answer makes no sense here:" };
static struct fate const f_unasked = { 421, "4.5.0", "an answer nobody asked for:" };
static struct fate const f_early = { 421, "4.5.0", "answered before the end of the message:" };
static struct fate const f_cut = { 451, "4.3.0", "the message could not be read:" };
static struct fate const f_again = { 451, "4.3.0", "the message cannot be read twice" };
static struct fate const f_enough = { 451, "4.5.3", "the server takes no more messages at once" };
static struct fate const f_later = { 451, "4.5.3",
	"not sent, for not all recipients were accepted" };
static struct fate const f_clear = { 454, "4.7.0", "no login over a connection without TLS" };
static struct fate const f_no_login = { 454, "4.7.0", "the server offers no such login" };
static struct fate const f_no_tls = { 454, "4.7.0", "the server offers no TLS" };
static struct fate const f_no_starttls = { 454, "4.7.0", "the server will not begin TLS:" };
static struct fate const f_injected = { 454, "4.7.0", "more than the answer to STARTTLS came" };
static struct fate const f_handshake = { 454, "4.7.0", "TLS could not be begun" };
static struct fate const f_login = { 454, "4.7.8", "the login was refused:" };
static struct fate const f_requiretls = { 550, "5.7.30",
	"the server does not promise TLS for the rest of the way" };
static struct fate const f_big = { 552, "5.3.4", "the message is larger than the server allows" };
static struct fate const f_utf8 = { 553, "5.6.7", "the server takes no addresses beyond US-ASCII" };
static struct fate const f_all = { 554, "5.5.0", "not sent, for not all recipients were accepted" };
static struct fate const f_bare = { 554, "5.6.0", "a CR or LF alone is in the message" };
static struct fate const f_eight = { 554, "5.6.3", "the message is 8-bit and the server is not" };

#endif
