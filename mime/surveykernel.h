/* surveykernel.h - what a survey sees of many bytes at once. */

#ifndef MIME_SURVEYKERNEL_H
#define MIME_SURVEYKERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "mime/survey.h"

struct mime_survey_block {
	unsigned int high;    /* bytes above 127 */
	unsigned int escapes; /* bytes that quoted-printable writes as three, but for CR */
	int nul;
	uint64_t lf; /* bit i: byte i is one */
	uint64_t cr;
};

/* Look at the 64 bytes at s. */
extern void mime_survey_look_avx512(char const *s, struct mime_survey_block *b);

/*
 * Look at whole blocks of 64 bytes up to one with a CR; the byte before s was
 * none. Returns the bytes used.
 */
extern size_t mime_survey_avx2(struct mime_survey *survey, char const *s, size_t n);

/*
 * The length of a prefix of s that is UTF-8 and ends between two characters;
 * what follows it is broken, unfinished or shorter than a vector.
 */
extern size_t mime_utf8_avx2(char const *s, size_t n);

#endif
