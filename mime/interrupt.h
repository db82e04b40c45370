/* interrupt.h - what a signal that ends the program must not leave. Not part of the pure library. */

#ifndef MIME_INTERRUPT_H
#define MIME_INTERRUPT_H

/*
 * From now on HUP, INT, QUIT, PIPE, ALRM, TERM and those of a limit of time or of
 * the size of a file, unless they are ignored, call clean before they end the
 * program as ever; it is async-signal-safe. Returns 1, or 0 with errno set.
 */
extern int mime_interrupt(void (*clean)(void));

#endif
