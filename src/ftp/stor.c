/* STOR, APPE, STOU: RFC 959 4.1.3, RFC 1123 4.1.2.9. */

#include <poll.h>

#include "ftp/afterwards.h"
#include "ftp/arrive.h"
#include "ftp/events.h"
#include "ftp/handlers.h"
#include "ftp/receipt.h"
#include "ftp/receive.h"
#include "ftp/replies.h"
#include "ftp/session.h"

/* What has come over the control connection up to now. */
static enum wake
look(struct session *s)
{
	tain deadline;

	tain_now_g();
	deadline = STAMP;
	return transfer_wait(s, -1, 0, &deadline);
}

/*
 * A client that was killed looks like one that has sent all: the data ends.
 * Its control connection ends too, if a moment later; an upload is complete
 * only if that stays open, or if ALLO had told the length. Commands that came
 * before the end of the data say nothing; one that comes after it was sent by
 * a client that lives.
 */
static enum transfer_end
alive(struct session *s)
{
	struct transfer *t = &s->transfer;
	enum wake w;

	t->brief = s->allo && t->done + t->rest != s->allo && t->done != s->allo;
	s->state |= S_BUSY;
	w = look(s);
	if (w != WAKE_ABORT && w != WAKE_GONE && s->policy[FTP_EOF_WAIT].number
	    && (!s->allo || t->brief)) {
		short events = control_has_room(&s->control) ? POLLIN | POLLRDHUP : POLLRDHUP;
		struct pollfd x = { .fd = 0, .events = events };

		afterwards_now(s);
		(void)poll(&x, 1, (int)s->policy[FTP_EOF_WAIT].number);
		w = look(s);
	}
	s->state &= ~(unsigned int)S_BUSY;
	return w == WAKE_ABORT ? TRANSFER_ABORTED : w == WAKE_GONE ? TRANSFER_GONE : TRANSFER_DONE;
}

/* The complete file: to the program, if there is one, then to its name. */
static struct reply const *
finish(struct session *s, enum transfer_end end, int unique)
{
	struct reply const *accepted = &r_complete;
	struct reply const *r;
	int resumable;
	int keep = 1;

	if (end == TRANSFER_DONE) end = alive(s);
	/* What filled the disk would keep it full. */
	resumable = end != TRANSFER_DONE && s->transfer.failure->code != r_no_space.code;
	if (end == TRANSFER_DONE && s->program) end = arrive(s, &accepted, &keep);
	if (end != TRANSFER_DONE) {
		upload_break(s, s->offset, resumable);
		return transfer_reply(s, end, NULL);
	}
	if (!keep) {
		upload_drop(s);
		return receipt_reply(s, accepted);
	}
	r = upload_commit(s, s->offset);
	if (r) return r;
	if (unique) accepted = reply_fill(&s->said, s->text, &r_complete_unique, s->upload.name);
	return receipt_reply(s, accepted);
}

static struct reply const *
receive(struct session *s, int unique)
{
	int text = (s->state & S_ASCII) && s->policy[FTP_ASCII].number;
	struct reply const *r = &r_open_receive;
	enum transfer_end end;

	s->offset = 0;
	s->carry = 0;
	s->transfer.rest = s->upload.base;
	s->transfer.sized = s->allo != 0;
	s->transfer.total = s->allo;
	if (unique) r = reply_fill(&s->said, s->text, &r_open_unique, s->upload.name);
	receive_begin(s);
	end = transfer_run(s, r, POLLIN, text ? receive_text : receive_binary);
	receive_end(s);
	s->transfer.inplace = s->upload.inplace;
	r = finish(s, end, unique);
	event_transfer(s, "put", r ? r->code : 0);
	return r;
}

static struct reply const *
begin(struct session *s, char const *arg, enum upload_how how)
{
	struct reply const *r = path_take(s, arg, &r_bad_name);
	uint64_t at = s->before & S_REST ? s->rest : 0;

	if (r) return r;
	if (how == UPLOAD_UNIQUE && at) return &r_unique_rest;
	r = upload_begin(s, how, at);
	if (r) return r;
	r = s->data.mode == DATA_NONE ? &r_no_mode : receipt_begin(s);
	if (!r) return receive(s, how == UPLOAD_UNIQUE);
	upload_break(s, 0, 1);
	return r;
}

/* What ALLO said was about this one, whatever comes of it. */
static struct reply const *
upload(struct session *s, char const *arg, enum upload_how how)
{
	struct reply const *r = begin(s, arg, how);

	s->allo = 0;
	return r;
}

struct reply const *
ftp_stor(struct session *s, char *arg)
{
	return upload(s, arg, UPLOAD_STORE);
}

struct reply const *
ftp_appe(struct session *s, char *arg)
{
	return upload(s, arg, UPLOAD_APPEND);
}

struct reply const *
ftp_stou(struct session *s, char *arg)
{
	return upload(s, arg[0] ? arg : "ftp", UPLOAD_UNIQUE);
}
