/* mime-pack: files and text to a message on standard output. */

#include <string.h>

#include <skalibs/strerr.h>

#include "mime/cpuenv.h"
#include "mime/pack.h"

void
mime_pack_write(struct mime_pack *k, char const *s, size_t n)
{
	if (!mime_packout_text(&k->out, s, n)) strerr_diefusys(111, "write the message");
}

void
mime_pack_raw(struct mime_pack *k, char const *s, size_t n)
{
	if (!mime_packout_put(&k->out, s, n)) strerr_diefusys(111, "write the message");
}

void
mime_pack_put(struct mime_pack *k, char const *s)
{
	mime_pack_write(k, s, strlen(s));
}

int
main(int argc, char const *const *argv)
{
	static struct mime_pack k;

	PROG = "mime-pack";
	/* Not by initialiser: that would put all of it into the executable. */
	k.date = -1;
	k.out.sink.fd = 1;
	k.cpu = mime_cpu_env();
	mime_pack_options(&k, argc, argv);
	mime_pack_addresses(&k);
	mime_pack_open(&k);
	mime_pack_check(&k);
	mime_pack_plan(&k);
	mime_pack_identity(&k);
	mime_pack_header(&k);
	mime_pack_body(&k);
	if (!mime_packout_end(&k.out)) strerr_diefusys(111, "write the message");
	return k.status;
}
