/* Policy is the environment: one table, read once, before the greeting. */

#include <stdlib.h>
#include <string.h>

#include <skalibs/ip46.h>
#include <skalibs/posixplz.h>
#include <skalibs/types.h>

#include "lib/policy.h"
#include "lib/safe.h"

static int
scan_size(char const *s, uint64_t *u)
{
	static char const units[] = "kMG";
	size_t n = uint64_scan(s, u);
	char const *unit;

	if (!n) return 0;
	if (s[n] == 0) return 1;
	unit = strchr(units, s[n]);
	if (!unit || s[n + 1]) return 0;
	if (*u >> (64 - 10 * (unit - units + 1))) return 0;
	*u <<= 10 * (unit - units + 1);
	return 1;
}

static int
scan_seconds(char const *s, uint64_t *u)
{
	static char const units[] = "smhd";
	static unsigned int const seconds[] = { 1, 60, 3600, 86400 };
	size_t n = uint64_scan(s, u);
	char const *unit;

	if (!n) return 0;
	if (s[n] == 0) return 1;
	unit = strchr(units, s[n]);
	if (!unit || s[n + 1] || *u > UINT64_MAX / 86400) return 0;
	*u *= seconds[unit - units];
	return 1;
}

static int
scan_ports(char const *s, uint64_t *u)
{
	uint16_t lo;
	uint16_t hi;
	size_t n = uint16_scan(s, &lo);

	if (!n || lo == 0) return 0;
	hi = lo;
	if (s[n] == '-' && !uint160_scan(s + n + 1, &hi)) return 0;
	if (s[n] != '-' && s[n]) return 0;
	*u = ((uint64_t)lo << 16) | hi;
	return lo <= hi;
}

/* The place in words of the len bytes of s. */
static int
scan_word(char const *s, size_t len, char const *words, uint64_t *u)
{
	for (*u = 0; *words; (*u)++) {
		size_t n = strcspn(words, " ");

		if (n == len && memcmp(words, s, n) == 0) return 1;
		words += n + (words[n] == ' ');
	}
	return 0;
}

static int
scan_set(char const *s, char const *words, uint64_t *u)
{
	uint64_t place;

	for (*u = 0;; s++) {
		size_t n = strcspn(s, ",");

		if (!scan_word(s, n, words, &place)) return 0;
		*u |= (uint64_t)1 << place;
		s += n;
		if (*s == 0) return 1;
	}
}

static int
scan_octal(char const *s, uint64_t *u)
{
	unsigned int o;

	if (!uint0_oscan(s, &o)) return 0;
	*u = o;
	return 1;
}

static int
scan(struct policy const *row, struct policy_value *v)
{
	ip46 ip;
	int ok = 0;

	switch (row->kind) {
	case POLICY_FLAG: return scan_word(v->text, strlen(v->text), "0 1", &v->number);
	case POLICY_SET: return scan_set(v->text, row->words, &v->number);
	case POLICY_PORTS: return scan_ports(v->text, &v->number);
	case POLICY_WORD: return scan_word(v->text, strlen(v->text), row->words, &v->number);
	case POLICY_ADDRESS: return ip46_scan(v->text, &ip) == strlen(v->text);
	case POLICY_TEXT:
		return strlen(v->text) <= row->most && safe_is(v->text, strlen(v->text), 1);
	case POLICY_NUMBER: ok = uint640_scan(v->text, &v->number) != 0; break;
	case POLICY_OCTAL: ok = scan_octal(v->text, &v->number); break;
	case POLICY_SIZE: ok = scan_size(v->text, &v->number); break;
	case POLICY_SECONDS: ok = scan_seconds(v->text, &v->number); break;
	}
	return ok && v->number >= row->least && v->number <= row->most;
}

static size_t
put_text(char *s, size_t max, char const *text)
{
	return safe_text(s, max, text, strlen(text));
}

static size_t
put_number(char *s, struct policy const *row, uint64_t n)
{
	return row->kind == POLICY_OCTAL ? uint64_ofmt(s, n) : uint64_fmt(s, n);
}

/* What the kind allows, for people, into POLICY_WHY / 2 bytes. */
static void
expected(char *s, struct policy const *row)
{
	static char const *const what[] = { [POLICY_FLAG] = "0 or 1",
		[POLICY_NUMBER] = "a number from ",
		[POLICY_OCTAL] = "an octal number from ",
		[POLICY_SIZE] = "a size (k, M, G) from ",
		[POLICY_SECONDS] = "seconds (or m, h, d) from ",
		[POLICY_PORTS] = "a port or lo-hi, lo not above hi",
		[POLICY_SET] = "some, commas between, of ",
		[POLICY_WORD] = "one of ",
		[POLICY_ADDRESS] = "an IP address",
		[POLICY_TEXT] = "text without control characters, or shorter" };
	size_t n = put_text(s, POLICY_WHY / 2, what[row->kind]);

	if (row->words) put_text(s + n, POLICY_WHY / 2 - n, row->words);
	if (what[row->kind][n - 1] != ' ' || row->words) return;
	n += put_number(s + n, row, row->least);
	n += put_text(s + n, 5, " to ");
	n += put_number(s + n, row, row->most);
	s[n] = 0;
}

static void
explain(char *why, struct policy const *row, char const *text)
{
	size_t n = strlen(row->name);

	memcpy(why, row->name, n);
	why[n++] = '=';
	n += safe_word(why + n, 64, text, strlen(text));
	memcpy(why + n, ": not ", 7);
	expected(why + n + 6, row);
}

/* getenv(3), which calls a function for each name there is, is dear for a whole table. */
static char const *
value_of(char const *name)
{
	char *const *e;

	for (e = environ; *e; e++) {
		size_t i = 0;

		while (name[i] && (*e)[i] == name[i]) i++;
		if (name[i] == 0 && (*e)[i] == '=') return *e + i + 1;
	}
	return NULL;
}

int
policy_read(struct policy const *table, struct policy_value *values, char *why)
{
	for (; table->name; table++, values++) {
		char const *set = value_of(table->name);

		if (set && set[0] == 0 && (table->kind != POLICY_TEXT || table->least)) set = NULL;
		values->text = set ? set : table->fallback;
		values->number = 0;
		if (values->text && !scan(table, values)) {
			explain(why, table, values->text);
			return 0;
		}
	}
	return 1;
}

static void
pad(buffer *out, size_t n)
{
	for (; n; n--) buffer_putnoflush(out, " ", 1);
}

void
policy_usage(struct policy const *table, struct policy_value const *values, buffer *out)
{
	for (; table->name; table++, values++) {
		char text[64];
		size_t n = strlen(table->name);
		size_t m = 5;

		memcpy(text, "unset", 6);
		if (values->text)
			m = safe_text(text, sizeof text, values->text, strlen(values->text));
		buffer_puts(out, "  ");
		buffer_put(out, table->name, n);
		buffer_put(out, "=", 1);
		buffer_put(out, text, m);
		pad(out, n + m < 33 ? 33 - n - m : 1);
		buffer_puts(out, table->help);
		buffer_put(out, "\n", 1);
		buffer_flush(out);
	}
}

char const *
policy_stray(struct policy const *table, char const *prefix, size_t *i)
{
	while (environ[*i]) {
		char const *e = environ[(*i)++];
		struct policy const *row = table;
		size_t n;

		if (e[0] != prefix[0] || strncmp(e, prefix, strlen(prefix)) != 0) continue;
		n = strcspn(e, "=");
		while (row->name && (strlen(row->name) != n || memcmp(row->name, e, n) != 0)) row++;
		if (!row->name) return e;
	}
	return NULL;
}
