/* flow.h - the bytes of a transfer: no faster than the rate, none for no longer
 * than FTP_STALL. */

#ifndef FTP_FLOW_H
#define FTP_FLOW_H

#include <stddef.h>

#include "ftp/transfer.h"

struct session;

/* s->transfer.receiving says which way. */
extern void flow_begin(struct session *s);

/* Of n bytes, as many as may move now, perhaps none; n bytes have moved. */
extern size_t flow_most(struct session const *s, size_t n);
extern void flow_moved(struct session *s, size_t n);

/* Take steps until the end, over s->transfer.data; events as for transfer_run. */
extern enum transfer_end flow_run(struct session *s, short events, transfer_step *step);

#endif
