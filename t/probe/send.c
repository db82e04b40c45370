/* EHLO's answer as smtp-send takes it, wrapped by the linker: "X-PROBE try" tries it. */

#include <stdio.h>
#include <string.h>

#include "probe.h"
#include "smtp/offer.h"

extern void __real_offer_add(struct offer *o, char const *line);
extern void __wrap_offer_add(struct offer *o, char const *line);

void
__wrap_offer_add(struct offer *o, char const *line)
{
	struct reply const *r = strncmp(line, "X-PROBE ", 8) == 0 ? probe_try(line + 8) : NULL;

	if (r) (void)fprintf(stderr, "probe: %s\n", r->text);
	__real_offer_add(o, line);
}
