/* Paths: no input crashes the parser, and a mailbox it took it takes again, unchanged. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "smtp/domain.h"
#include "smtp/path.h"
#include "smtp/utf8text.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

/* <"local"@domain>, every US-ASCII byte of the local part quoted. */
static void
write_path(char *out, struct path const *p)
{
	size_t i;

	*out++ = '<';
	if (p->local) *out++ = '"';
	for (i = 0; i < p->local; i++) {
		if (p->mailbox[i] >= 0) *out++ = '\\';
		*out++ = p->mailbox[i];
	}
	if (p->local) *out++ = '"';
	memcpy(out, p->mailbox + p->local, strlen(p->mailbox + p->local));
	out += strlen(p->mailbox + p->local);
	memcpy(out, ">", 2);
}

/* What was promised of a mailbox that is let through. */
static void
check_mailbox(struct path const *p, unsigned int rules)
{
	size_t n = strlen(p->mailbox);
	enum utf8text text = utf8text(p->mailbox, n);
	size_t i;

	if (n >= MAILBOX_MAX || text == UTF8TEXT_BAD || (text == UTF8TEXT_GOOD && !p->utf8))
		abort();
	for (i = 0; i < n; i++)
		if ((p->mailbox[i] < 0x20 && p->mailbox[i] >= 0) || p->mailbox[i] == 0x7f) abort();
	if (p->local > (rules & PATH_LONGLOCAL ? 255 : 64)) abort();
	if (p->domain != (p->mailbox[p->local] == '@')) abort();
	if (rules & PATH_FORWARD && n == 0) abort();
	if (p->domain && strcmp(p->mailbox, "#@[]") != 0
	    && !domain_ok(p->mailbox + p->local + 1, n - p->local - 1, rules & PATH_STRICT))
		abort();
}

static void
check(struct path const *p, char const *params, char const *s, unsigned int rules)
{
	char again[2 * MAILBOX_MAX + 8];
	struct path q;
	char *rest;

	if (params < s || params > s + strlen(s)) abort();
	if (rules & PATH_STRICT && p->odd & (PATH_NAME | PATH_NOBRACKET)) abort();
	check_mailbox(p, rules);
	write_path(again, p);
	if (path_parse(&q, again, rules, &rest) != PATH_OK || *rest) abort();
	if (strcmp(p->mailbox, q.mailbox) != 0 || p->local != q.local || p->domain != q.domain)
		abort();
}

/* A line of a session holds no control bytes but TAB. */
int
LLVMFuzzerTestOneInput(uint8_t const *in, size_t n)
{
	char *s = malloc(n + 1);
	struct path p;
	char *params;
	unsigned int rules;
	size_t i;

	if (!s) abort();
	for (i = 0; i < n; i++)
		s[i] = (char)((in[i] < 0x20 && in[i] != '\t') || in[i] == 0x7f ? 'x' : in[i]);
	s[n] = 0;
	for (rules = 0; rules < 16; rules++)
		if (path_parse(&p, s, rules, &params) == PATH_OK) check(&p, params, s, rules);
	free(s);
	return 0;
}
