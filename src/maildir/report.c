/* Where the message is now, and how long that took. */

#include <stddef.h>
#include <string.h>

#include <skalibs/allreadwrite.h>
#include <skalibs/strerr.h>
#include <skalibs/uint64.h>

#include "lib/safe.h"
#include "maildir/delivery.h"
#include "maildir/report.h"

void
report_delivery(struct delivery const *d, uint64_t us)
{
	char size[UINT64_FMT], ms[3][UINT64_FMT], line[NAME_SIZE + 8 + NAME_SIZE];
	unsigned int i;

	ms[0][uint64_fmt(ms[0], us / 1000)] = 0;
	ms[1][uint64_fmt(ms[1], d->order.file_us / 1000)] = 0;
	ms[2][uint64_fmt(ms[2], d->order.dir_us / 1000)] = 0;
	for (i = 0; i < d->count; i++) {
		struct parcel const *p = &d->parcels[i];
		char const *folder = p->box.folder != NULL ? p->box.folder : "";
		char const *slash = p->box.folder != NULL ? "/" : "";
		char name[NAME_SIZE];
		char *end = line;

		/* Where it was found the owner may have renamed it. */
		safe_text(name, sizeof name, p->name.full, strlen(p->name.full));
		size[uint64_fmt(size, p->size)] = 0;
		if (p->state == PARCEL_THERE)
			strerr_warni("delivered before to ", p->box.path, "/", folder, slash,
			    p->box.sub, "/", name);
		else
			strerr_warni("delivered ", size, " bytes to ", p->box.path, "/", folder,
			    slash, p->box.sub, "/", name, " in ", ms[0], " ms (fsync ", ms[1],
			    ", dirsync ", ms[2], ")");
		end = stpcpy(stpcpy(end, folder), slash);
		end = stpcpy(stpcpy(stpcpy(end, p->box.sub), "/"), name);
		*end++ = '\n';
		allwrite(1, line, (size_t)(end - line));
	}
}
