/* Policies about recipients that need no more than a list. */

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/safe.h"
#include "smtp/candidate.h"
#include "smtp/event.h"
#include "smtp/list.h"
#include "smtp/session.h"

int
candidate_postmaster(struct candidate const *c)
{
	return c->local == 10 && strncasecmp(c->mailbox, "postmaster", 10) == 0;
}

static int
append(struct candidate *c, char const *s)
{
	size_t n = strlen(c->mailbox);
	size_t m = strlen(s);

	if (n + m + 1 > sizeof c->mailbox) return 0;
	memcpy(c->mailbox + n, s, m + 1);
	return 1;
}

int
candidate_complete(struct session const *s, struct candidate *c)
{
	char const *domain = s->policy[DEFAULTDOMAIN].text;
	char const *suffix = s->policy[RELAYCLIENT].text;

	c->bare = c->mailbox[c->local] == 0;
	if (c->bare && domain && (!append(c, "@") || !append(c, domain))) return 0;
	return !suffix || append(c, suffix);
}

/* RELAYCLIENT, or a login that counts as it. */
static int
trusted(struct session const *s)
{
	return s->policy[RELAYCLIENT].text
	    || (s->state & S_AUTH && s->policy[SMTP_AUTH_RELAY].number);
}

enum recipient
path_policy(struct session *s, struct candidate *c)
{
	size_t plain = strcspn(c->mailbox, "%!@");

	if (trusted(s) || s->policy[SMTP_PERCENT].number || plain >= c->local) return RECIPIENT_OK;
	return RECIPIENT_ROUTED;
}

/* The list cannot be read: nobody is refused for that, nor accepted. */
static enum recipient
unread(struct session const *s, unsigned int policy)
{
	struct note n;
	int e = errno;

	if (!event_begin(&n, s, LOG_ALWAYS, "err")) return RECIPIENT_LATER;
	note_text(&n, smtp_policies[policy].name, s->policy[policy].text);
	note_text(&n, "why", strerror(e));
	note_end(&n);
	return RECIPIENT_LATER;
}

static void
lower(char *out, char const *in)
{
	do *out++ = (char)(*in >= 'A' && *in <= 'Z' ? *in + 32 : *in);
	while (*in++);
}

/* The whole mailbox, as it is and in lower case, its domain, and .suffixes of that. */
enum recipient
host_policy(struct session *s, struct candidate *c)
{
	char const *file = s->policy[RCPTHOSTS].text;
	char const *keys[3 + 256 + 1];
	char mailbox[sizeof c->mailbox];
	char const *dot = mailbox + c->local;
	size_t n = 0;
	int r;

	if (trusted(s) || s->policy[SMTP_ANY].number) return RECIPIENT_OK;
	if (!file) return RECIPIENT_CLOSED;
	if (c->bare && candidate_postmaster(c)) return RECIPIENT_OK;
	lower(mailbox, c->mailbox);
	keys[n++] = c->mailbox;
	keys[n++] = mailbox;
	keys[n++] = dot + 1;
	for (dot = strchr(dot, '.'); dot && n < 3 + 256; dot = strchr(dot + 1, '.'))
		keys[n++] = dot;
	keys[n] = NULL;
	r = list_have(file, keys);
	if (r == -1) return unread(s, RCPTHOSTS);
	return r ? RECIPIENT_OK : RECIPIENT_FOREIGN;
}

/* As rblsmtpd: empty means not listed, '-' before the text that it is for good. */
enum recipient
client_policy(struct session *s, struct candidate *c)
{
	char const *text = s->policy[RBLSMTPD].text;
	int good = text && text[0] == '-';

	if (!text || !text[0] || trusted(s)) return RECIPIENT_OK;
	text += good;
	safe_text(c->text, sizeof c->text, text, strlen(text));
	return good ? RECIPIENT_BANNED : RECIPIENT_LISTED;
}

/* The sender, as it is and in lower case, and its @domain. */
enum recipient
sender_policy(struct session *s, struct candidate *c)
{
	char const *file = s->policy[BADMAILFROM].text;
	char sender[MAILBOX_MAX];
	char const *keys[4] = { c->sender, sender, NULL, NULL };
	int r;

	if (!file || !c->sender[0] || candidate_postmaster(c)) return RECIPIENT_OK;
	if (strlen(c->sender) >= sizeof sender) return RECIPIENT_LATER;
	lower(sender, c->sender);
	keys[2] = strrchr(sender, '@');
	r = list_have(file, keys);
	if (r == -1) return unread(s, BADMAILFROM);
	return r ? RECIPIENT_SENDER : RECIPIENT_OK;
}
