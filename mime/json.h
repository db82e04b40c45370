/* json.h - one JSON object per part, RFC 8259. Not part of the pure library. */

#ifndef MIME_JSON_H
#define MIME_JSON_H

#include <stdint.h>

#include "mime/envelope.h"
#include "mime/param.h"
#include "mime/record.h"
#include "mime/sink.h"

/* Room for the parameters of one Content-Type. */
struct mime_json {
	struct mime_param list[MIME_PARAMS];
	char text[MIME_DECODE_OUT];
};

/*
 * The fields of mime_record_put as members of the same names, with params, and
 * for a message message_id, subject, from and date. What is absent is null.
 * Strings are UTF-8; what does not show is escaped.
 */
extern int mime_json_put(struct mime_sink *k, struct mime_form const *form,
    struct mime_part const *part, struct mime_envelope const *v, struct mime_json *room);

/*
 * Whether mime_json_put would give less of the parameters, or of the fields of a message,
 * than there is: 4096 bytes of each value, 100 segments, 256 parameters.
 */
extern int mime_json_cut(struct mime_envelope const *v, struct mime_json *room);

/* The last one: end, status, bytes. */
extern int mime_json_end(
    struct mime_sink *k, struct mime_form const *form, struct mime_last const *last);

#endif
