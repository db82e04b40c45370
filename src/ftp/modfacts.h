/* modfacts.h - the argument of MFF: draft-somers-ftp-mfxx 5. Pure. */

#ifndef FTP_MODFACTS_H
#define FTP_MODFACTS_H

#include <stdint.h>

enum { MODFACTS_MODIFY = 1, MODFACTS_MODE = 2 };
enum { MODFACTS_NAME = 33 };

struct modfacts {
	unsigned int given;          /* MODFACTS_ bits */
	int64_t seconds;             /* valid with MODFACTS_MODIFY */
	unsigned int mode;           /* valid with MODFACTS_MODE; 0 to 0777 */
	char const *path;            /* points into the argument; not empty */
	char unknown[MODFACTS_NAME]; /* MODFACTS_UNKNOWN: its name, safe characters only */
};

enum modfacts_form {
	MODFACTS_OK,
	MODFACTS_BAD,     /* not "fact=value;... path", or a fact twice */
	MODFACTS_DATE,    /* the value of modify is no date */
	MODFACTS_UNKNOWN, /* a fact that cannot be set */
};

/* Take "modify=20200101000000;UNIX.mode=644; path" apart; arg stays as it is. */
extern enum modfacts_form modfacts_parse(char const *arg, struct modfacts *m);

#endif
