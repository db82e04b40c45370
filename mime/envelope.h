/* envelope.h - the fields of a message that its parts are told apart by. */

#ifndef MIME_ENVELOPE_H
#define MIME_ENVELOPE_H

#include <stddef.h>

#include "mime/parser.h"

/* Bytes kept of a field body, decoded; a Content-Type is kept as it came. */
#define MIME_ENVELOPE_ID 1024
#define MIME_ENVELOPE_TEXT 4096
#define MIME_ENVELOPE_TYPE 65536

/* A field body; n is 0 if there is none. */
struct mime_envelope_id {
	size_t n;
	char s[MIME_ENVELOPE_ID];
};
struct mime_envelope_text {
	size_t n;
	char s[MIME_ENVELOPE_TEXT + 4]; /* to see that there was more */
};

/* All zero is the start. */
struct mime_envelope {
	/* of the current entity */
	int root; /* it is a message: the whole input, or what is in a message/rfc822 */
	struct mime_envelope_text id;
	struct mime_envelope_text subject;
	struct mime_envelope_text from;
	struct mime_envelope_text date;
	int cut; /* one of these was longer */
	size_t typelen;
	char type[MIME_ENVELOPE_TYPE]; /* what follows the type in Content-Type */

	/* of the outermost message */
	struct mime_envelope_id message; /* its Message-ID, with angle brackets */
	struct mime_envelope_id sent;    /* its Date */

	/* private */
	int entered; /* the next entity is in a message */
	int begun;
};

/* Take what a BEGIN, FIELD or HEAD event says. */
extern void mime_envelope_event(struct mime_envelope *v, struct mime_event const *e);

#endif
