/* Names of files come from anywhere: they are shown, never trusted to a terminal. */

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include <skalibs/buffer.h>
#include <skalibs/strerr.h>

#include "lib/safe.h"
#include "maildir/finding.h"

enum { SHOWN = 5000 }; /* a path, its folder and a name */

/* maildir/folder/sub/name, without what is empty. */
static void
path(char s[SHOWN], struct findings const *f, char const *name)
{
	char const *const parts[] = { f->maildir, f->folder, f->sub, name };
	size_t i, w = 0;

	for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (parts[i][0] == 0) continue;
		if (w > 0 && s[w - 1] != '/' && w < SHOWN - 1) s[w++] = '/';
		w += safe_text(s + w, SHOWN - w, parts[i], strlen(parts[i]));
	}
	s[w] = 0;
}

void
finding(struct findings *f, char const *name, char const *text)
{
	char s[SHOWN];

	path(s, f, name);
	f->any = 1;
	if (buffer_puts(buffer_1, s) >= 0 && buffer_puts(buffer_1, ": ") >= 0
	    && buffer_puts(buffer_1, text) >= 0 && buffer_put(buffer_1, "\n", 1) >= 0)
		return;
	if (!f->failed) strerr_warnwusys("write to standard output");
	f->failed = 1;
}

void
finding_failed(struct findings *f, char const *what, char const *name)
{
	char s[SHOWN];
	int e = errno;

	path(s, f, name);
	errno = e;
	f->failed = 1;
	strerr_warnwusys(what, " ", s);
}
