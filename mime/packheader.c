/* The header of the message: RFC 5322 section 3.6. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <skalibs/strerr.h>
#include <skalibs/uint64.h>

#include "mime/date.h"
#include "mime/pack.h"

static void
addresses(struct mime_pack *k, char const *name, char const *list)
{
	if (list && *list)
		mime_pack_write(
		    k, k->composed, mime_compose_addresses(k->composed, name, list, k->utf8));
}

static void
text_field(struct mime_pack *k, char const *name, char const *value)
{
	mime_pack_write(k, k->composed, mime_compose_text(k->composed, name, value, k->utf8));
}

/* What the next two are made of: the time, to the nanosecond. */
static struct timespec
now(struct mime_pack const *k)
{
	struct timespec t = { .tv_sec = 0 };
	char const *epoch;
	uint64_t seconds;

	if (!k->seed) {
		clock_gettime(CLOCK_REALTIME, &t);
		return t;
	}
	epoch = getenv("SOURCE_DATE_EPOCH");
	if (!epoch) return t;
	if (!uint640_scan(epoch, &seconds) || seconds > MIME_PACK_LAST_DATE)
		strerr_dief(100, "invalid SOURCE_DATE_EPOCH: ", epoch);
	t.tv_sec = (time_t)seconds;
	return t;
}

/* Where it was made; of what must come out the same everywhere, the domain of the sender. */
static void
domain(struct mime_pack const *k, char *host, size_t n)
{
	char const *at = k->seed && k->from ? strrchr(k->from, '@') : NULL;
	char *p;

	*host = 0;
	if (at)
		(void)snprintf(host, n, "%.*s", (int)strcspn(at + 1, "> "), at + 1);
	else if (!k->seed && gethostname(host, n) == -1)
		*host = 0;
	host[n - 1] = 0;
	if (!*host) (void)snprintf(host, n, "localhost");
	for (p = host; *p; p++)
		if (*p <= ' ' || *p >= 127 || strchr("<>@()\",;:\\[]", *p)) *p = '-';
}

void
mime_pack_identity(struct mime_pack *k)
{
	struct timespec t = now(k);
	char host[256];
	char bits[MIME_PACK_RANDOM];
	uint64_t number;

	if (k->date != -1 && k->seed) t.tv_sec = (time_t)k->date;
	if (k->date == -1) k->date = t.tv_sec;
	if (k->message_id) return;
	mime_pack_random(k, bits);
	memcpy(&number, bits, sizeof number);
	domain(k, host, sizeof host);
	/* All of one length, so that the size does not depend on the process. */
	(void)snprintf(k->id, sizeof k->id, "<%016llx%08lx.%07lu.%016llx@%s>",
	    (1ull << 62) + 10 + (unsigned long long)t.tv_sec, (unsigned long)t.tv_nsec,
	    k->seed ? 0 : (unsigned long)getpid(), (unsigned long long)number, host);
	k->message_id = k->id;
}

void
mime_pack_header(struct mime_pack *k)
{
	char date[MIME_DATE_SIZE];
	unsigned int i;

	mime_date_format(date, k->date);
	if (!k->part_only && !mime_pack_sets(k, "Date")) text_field(k, "Date", date);
	addresses(k, "From", k->from);
	addresses(k, "To", k->to);
	addresses(k, "Cc", k->cc);
	addresses(k, "Bcc", k->bcc);
	addresses(k, "Reply-To", k->reply_to);
	if (k->subject) text_field(k, "Subject", k->subject);
	if (!k->part_only && !mime_pack_sets(k, "Message-ID"))
		text_field(k, "Message-ID", k->message_id);
	for (i = 0; i < k->fields; i++)
		mime_pack_write(
		    k, k->composed, mime_compose_field(k->composed, k->field[i], k->utf8));
	if (!k->part_only) mime_pack_put(k, "MIME-Version: 1.0\n");
}
