/* Paths: no input crashes the parser, and a mailbox it took it takes again, unchanged. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "smtp/path.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *in, size_t n);

/* <"local"@domain>, every byte of the local part quoted. */
static void
write_path(char *out, struct path const *p)
{
	size_t i;

	*out++ = '<';
	if (p->local) *out++ = '"';
	for (i = 0; i < p->local; i++) {
		*out++ = '\\';
		*out++ = p->mailbox[i];
	}
	if (p->local) *out++ = '"';
	memcpy(out, p->mailbox + p->local, strlen(p->mailbox + p->local));
	out += strlen(p->mailbox + p->local);
	memcpy(out, ">", 2);
}

static void
check(struct path const *p, char const *params, char const *s, int strict)
{
	char again[2 * MAILBOX_MAX + 8];
	struct path q;
	char *rest;
	size_t i;

	if (params < s || params > s + strlen(s) || strlen(p->mailbox) >= MAILBOX_MAX) abort();
	for (i = 0; p->mailbox[i]; i++)
		if (p->mailbox[i] < 0x20 && p->mailbox[i] >= 0) abort();
	if (p->domain != (p->mailbox[p->local] == '@')) abort();
	write_path(again, p);
	if (path_parse(&q, again, strict, &rest) != PATH_OK || *rest) abort();
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
	int strict;
	size_t i;

	if (!s) abort();
	for (i = 0; i < n; i++)
		s[i] = (char)((in[i] < 0x20 && in[i] != '\t') || in[i] == 0x7f ? 'x' : in[i]);
	s[n] = 0;
	for (strict = 0; strict < 2; strict++)
		if (path_parse(&p, s, strict, &params) == PATH_OK) check(&p, params, s, strict);
	free(s);
	return 0;
}
