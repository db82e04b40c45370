/* frame.h - the stack of open containers. Private to the parser's files. */

#ifndef MIME_FRAME_H
#define MIME_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "mime/parser.h"

/* Whether the part can be opened as a container: room and depth. */
extern int mime_frame_fits(struct mime_parser const *p);

/* Open the current part as a container; its boundary is the one that waits in the pool. */
extern void mime_frame_push(struct mime_parser *p);

/* Close the leaf if one is open, then containers until depth are left; 0 if stopped. */
extern void mime_frame_pop(struct mime_parser *p, unsigned int depth);

/* Write the section of the next child of the innermost container. */
extern void mime_frame_section(struct mime_parser *p, int multipart);

/* Tell the caller; level may differ from the default. */
extern void mime_parser_warn(struct mime_parser *p, enum mime_code code, enum mime_level level);
extern void mime_parser_note(struct mime_parser *p, enum mime_code code);

/* The section of part is final: what waited for it is said. */
extern void mime_parser_named(struct mime_parser *p);

/* Whether the caller wants such events: of others none need be made. */
static inline int
mime_parser_wants(struct mime_parser const *p, enum mime_event_kind kind)
{
	return !(p->unwanted >> kind & 1);
}

/* Send the event, if it is wanted; remembers MIME_STOP. */
extern enum mime_answer mime_parser_event(struct mime_parser *p, struct mime_event const *e);

/* Where in the input a byte of the current stream is: of a decoded one, where that begins. */
extern uint64_t mime_parser_place(struct mime_parser const *p, uint64_t offset);

/* The next n bytes of the input are of this kind; those of other streams are none of it. */
extern void mime_parser_raw(struct mime_parser *p, enum mime_piece piece, char const *s, size_t n);

/* Read n bytes again that were the last ones consumed. */
extern void mime_parser_unread(struct mime_parser *p, char const *s, size_t n);

#endif
