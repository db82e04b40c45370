/* The header of the message: RFC 5322 section 3.6. */

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "mime/date.h"
#include "mime/pack.h"

static void
addresses(struct mime_pack *k, char const *name, char const *list)
{
	if (list && *list)
		mime_pack_write(k, k->composed, mime_compose_addresses(k->composed, name, list));
}

static void
text_field(struct mime_pack *k, char const *name, char const *value)
{
	mime_pack_write(k, k->composed, mime_compose_text(k->composed, name, value));
}

static void
message_id(struct mime_pack *k)
{
	char host[256] = "localhost";
	char id[512];
	struct timespec now;
	char *p;

	if (k->message_id) {
		text_field(k, "Message-ID", k->message_id);
		return;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	if (gethostname(host, sizeof host - 1) == -1 || !*host)
		memcpy(host, "localhost", sizeof "localhost");
	for (p = host; *p; p++)
		if (*p <= ' ' || *p >= 127 || strchr("<>@()\",;:\\[]", *p)) *p = '-';
	(void)snprintf(id, sizeof id, "<%016llx%08lx.%lu.%016llx@%s>",
	    (1ull << 62) + 10 + (unsigned long long)now.tv_sec, (unsigned long)now.tv_nsec,
	    (unsigned long)getpid(), (unsigned long long)mime_pack_random(), host);
	text_field(k, "Message-ID", id);
}

/* Whether -H set the field: then we do not. */
static int
is_set(struct mime_pack const *k, char const *name)
{
	size_t n = strlen(name);
	unsigned int i;

	for (i = 0; i < k->fields; i++)
		if (strncasecmp(k->field[i], name, n) == 0 && k->field[i][n] == ':') return 1;
	return 0;
}

static void
extra_field(struct mime_pack *k, char const *s)
{
	char name[104];
	size_t n = strcspn(s, ":");

	memcpy(name, s, n);
	name[n] = 0;
	s += n + 1;
	text_field(k, name, s + strspn(s, " \t"));
}

void
mime_pack_header(struct mime_pack *k)
{
	char date[MIME_DATE_SIZE];
	unsigned int i;

	mime_date_format(date, k->date == -1 ? (int64_t)time(NULL) : k->date);
	if (!is_set(k, "Date")) text_field(k, "Date", date);
	addresses(k, "From", k->from);
	addresses(k, "To", k->to);
	addresses(k, "Cc", k->cc);
	addresses(k, "Bcc", k->bcc);
	addresses(k, "Reply-To", k->reply_to);
	if (k->subject) text_field(k, "Subject", k->subject);
	if (!is_set(k, "Message-ID")) message_id(k);
	for (i = 0; i < k->fields; i++) extra_field(k, k->field[i]);
	mime_pack_put(k, "MIME-Version: 1.0\n");
}
