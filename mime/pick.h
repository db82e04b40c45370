/* pick.h - which parts are wanted. Not part of the pure library. */

#ifndef MIME_PICK_H
#define MIME_PICK_H

#include "mime/part.h"

/* Of each kind of selection. */
#define MIME_PICKS 64

struct mime_pick_list {
	unsigned int n;
	char const *s[MIME_PICKS];
};

/* Alternatives within a list, all lists together; an empty list asks nothing. */
struct mime_pick {
	struct mime_pick_list sections;
	struct mime_pick_list types;
	struct mime_pick_list names;
	struct mime_pick_list cids;
	unsigned int classes; /* bit 1 << class; 0: any */
	int all;
	int given; /* something was asked */
};

/* Add an option. Returns 0 if there are too many. */
extern int mime_pick_add(struct mime_pick_list *l, char const *s);

/* Add a class by name. Returns 0 if there is none of that name. */
extern int mime_pick_class(struct mime_pick *k, char const *name);

extern int mime_pick_match(struct mime_pick const *k, struct mime_part const *part);

#endif
