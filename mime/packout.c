/* Where mime-pack's message goes. */

#include "mime/packout.h"

int
mime_packout_put(struct mime_packout *o, char const *s, size_t n)
{
	return mime_sink_put(&o->sink, s, n);
}

int
mime_packout_end(struct mime_packout *o)
{
	return mime_sink_end(&o->sink);
}
