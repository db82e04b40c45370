/* layer.h - streams that are decoded from a body and parsed in turn. Private to the parser. */

#ifndef MIME_LAYER_H
#define MIME_LAYER_H

#include <stddef.h>

#include "mime/frame.h"

/* What a stream below the highest may read at once, so that its chunk holds what comes of it. */
#define MIME_CHUNK_IN 2048

/* Stream i is new, and the current one. */
extern void mime_layer_start(struct mime_parser *p, unsigned int i);

/* Whether one more can be opened now. */
extern int mime_layer_fits(struct mime_parser const *p);

/* The innermost container is what is decoded from the body that begins here. */
extern void mime_layer_open(struct mime_parser *p);

/* n bytes of the body of the current stream, decoded for the one above it. */
extern void mime_layer_decode(struct mime_parser *p, char const *s, size_t n);

/* Stream i gets no more bytes. */
extern void mime_layer_fed(struct mime_parser *p, unsigned int i);

/* The highest stream is over: its containers are closed, the one below is current. */
extern void mime_layer_close(struct mime_parser *p);

/* What was found in decoding the container is reported with it. */
extern void mime_layer_report(struct mime_parser *p);

/* State CODED, and the end of the input in it. */
extern size_t mime_coded(struct mime_parser *p, char const *s, size_t n);
extern void mime_coded_end(struct mime_parser *p);

/*
 * No stream has a byte to read: one step towards the end of those that are to
 * end. Returns 0 if there are none.
 */
extern int mime_finish(struct mime_parser *p);

/* The end of the input, or of the first bytes, in state SNIFF. */
extern void mime_sniff_end(struct mime_parser *p);

#endif
