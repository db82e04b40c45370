/* The fields mime-pack is given, and what it refuses: RFC 5322 section 3.6. */

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <skalibs/strerr.h>

#include "mime/pack.h"

void
mime_pack_list(char *list, char const *what, char const *s)
{
	size_t n = strlen(list);

	if (mime_compose_breaks(s)) strerr_dief(100, what, " contains a line break");
	if (n + strlen(s) + 3 > MIME_LIST) strerr_dief(100, what, " is too long");
	(void)snprintf(list + n, MIME_LIST - n, "%s%s", n ? ", " : "", s);
}

void
mime_pack_field(struct mime_pack *k, char const *s)
{
	static char const *const refused[] = { "Content-Type", "Content-Transfer-Encoding",
		"Content-Disposition", "MIME-Version", "Bcc", "From" };
	size_t n = strcspn(s, ":");
	size_t i;

	mime_pack_line("header field", s);
	if (s[n] == 0 || !mime_compose_is_name(s, n))
		strerr_dief(100, "header field without a name: ", s);
	for (i = 0; i < sizeof refused / sizeof *refused; i++)
		if (strlen(refused[i]) == n && strncasecmp(refused[i], s, n) == 0)
			strerr_dief(100, "header field ", refused[i], " cannot be set");
	if (k->fields == MIME_PACK_FIELDS) strerr_dief(100, "too many header fields");
	k->field[k->fields++] = s;
}

void
mime_pack_message_id(struct mime_pack *k, char const *s)
{
	char const *at = strchr(s, '@');
	size_t n = strlen(s);
	size_t i;

	if (n > 1 && s[0] == '<' && s[n - 1] == '>') {
		s++;
		n -= 2;
	}
	for (i = 0; i < n && s[i] > ' ' && s[i] < 127 && s[i] != '<' && s[i] != '>'; i++)
		;
	if (i < n || n + 3 > sizeof k->id || !at || at == s || at + 1 >= s + n)
		strerr_dief(100, "invalid message id: it is left@right");
	(void)snprintf(k->id, sizeof k->id, "<%.*s>", (int)n, s);
	k->message_id = k->id;
}

unsigned int
mime_pack_sets(struct mime_pack const *k, char const *name)
{
	size_t n = strlen(name);
	unsigned int count = 0;
	unsigned int i;

	for (i = 0; i < k->fields; i++)
		count += strncasecmp(k->field[i], name, n) == 0 && k->field[i][n] == ':';
	return count;
}

/* RFC 5322 3.6: these at most once. */
static void
check_once(struct mime_pack const *k)
{
	struct {
		char const *name;
		int given;
	} const once[] = { { "To", *k->to != 0 }, { "Cc", *k->cc != 0 },
		{ "Reply-To", *k->reply_to != 0 }, { "Subject", k->subject != NULL },
		{ "Message-ID", k->message_id != NULL }, { "Date", k->date != -1 }, { "Sender", 0 },
		{ "In-Reply-To", 0 }, { "References", 0 } };
	size_t i;

	for (i = 0; i < sizeof once / sizeof *once; i++)
		if (mime_pack_sets(k, once[i].name) + (once[i].given ? 1 : 0) > 1)
			strerr_dief(100, "two fields ", once[i].name);
}

void
mime_pack_fields(struct mime_pack *k)
{
	char const *const lists[] = { k->from, k->to, k->cc, k->bcc, k->reply_to };
	size_t i;

	for (i = 0; i < sizeof lists / sizeof *lists; i++)
		if (lists[i] && *lists[i]
		    && mime_compose_addresses(k->composed, "To", lists[i], k->utf8) == 0)
			strerr_dief(100, "invalid address: ", lists[i]);
	for (i = 0; i < k->fields; i++)
		if (mime_compose_field(k->composed, k->field[i], k->utf8) == 0)
			strerr_dief(100, "invalid address: ", k->field[i]);
	check_once(k);
}
