/* A field by its name: text, or a list of addresses. RFC 5322 section 3.6. */

#include <string.h>
#include <strings.h>

#include "mime/compose.h"

/* The fields whose value is a list of addresses, RFC 5322 3.6.2, 3.6.3, 3.6.6. */
static char const *const addressed[] = { "From", "Sender", "Reply-To", "To", "Cc", "Bcc" };

static int
has_addresses(char const *name, size_t n)
{
	size_t i;

	if (n > 7 && strncasecmp(name, "Resent-", 7) == 0) {
		name += 7;
		n -= 7;
	}
	for (i = 0; i < sizeof addressed / sizeof *addressed; i++)
		if (strlen(addressed[i]) == n && strncasecmp(name, addressed[i], n) == 0) return 1;
	return 0;
}

static int
is_ascii(char const *s)
{
	while (*s > 0) s++;
	return *s == 0;
}

size_t
mime_compose_field(char *out, char const *field, int utf8)
{
	char name[MIME_COMPOSE_NAME + 1];
	size_t n = strcspn(field, ":");
	char const *value = field + n + 1;

	memcpy(name, field, n);
	name[n] = 0;
	value += strspn(value, " \t");
	/* In ASCII there may be more than we would make: groups, comments, routes. */
	if (!has_addresses(name, n) || is_ascii(value))
		return mime_compose_text(out, name, value, utf8);
	return mime_compose_addresses(out, name, value, utf8);
}
