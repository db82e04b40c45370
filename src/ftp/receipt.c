/* One reading of the bytes, on their way to the disk, and none of the file. */

#include <errno.h>
#include <string.h>

#include "ftp/append.h"
#include "ftp/errors.h"
#include "ftp/hashing.h"
#include "ftp/receipt.h"
#include "ftp/replies.h"
#include "ftp/session.h"

struct reply const *
receipt_begin(struct session *s)
{
	s->receipt[0] = 0;
	if (!s->policy[FTP_DIGEST].number) return NULL;
	digest_begin(&s->digest, DIGEST_SHA256);
	switch (hashing_run(s, s->upload.fd, 0, s->upload.base)) {
	case HASHING_DONE: return NULL;
	case HASHING_FAILED: return errors_reply(errno);
	case HASHING_EXPIRED: return &r_session_out;
	case HASHING_ABORTED:
	case HASHING_GONE: break;
	}
	s->transfer.opened = 0;
	return transfer_reply(s, TRANSFER_ABORTED, NULL);
}

void
receipt_add(struct session *s, char const *p, size_t n)
{
	if (s->policy[FTP_DIGEST].number) digest_add(&s->digest, p, n);
}

struct reply const *
receipt_reply(struct session *s, struct reply const *r)
{
	char *p = s->text;

	if (!s->policy[FTP_DIGEST].number || r->code != 226) return r;
	digest_end(&s->digest, s->receipt);
	if (r->text != s->text) memcpy(s->text, r->text, strlen(r->text) + 1);
	p = append_text(p + strlen(p), "; sha256=");
	*append_text(p, s->receipt) = 0;
	s->said = (struct reply){ 226, s->text };
	return &s->said;
}
