/* report.h - what TLS has come to: the answer to Y of UCSPI-TLS. */

#ifndef TLS_REPORT_H
#define TLS_REPORT_H

struct changes;

/* Wait for it on fd and take it over. 1, or 0: the handshake failed. */
extern int report_read(int fd, struct changes *c);

#endif
