/* What a text needs to be carried by mail: RFC 2045 sections 2.7 to 2.9 and 6. */

#include <string.h>

#include "mime/survey.h"
#include "mime/utf8.h"

static void
utf8(struct mime_survey *v, char const *s, size_t n)
{
	size_t i = 0;
	size_t k;

	/* First the character that the last piece left unfinished. */
	while (v->held && i < n) {
		uint32_t c;

		v->hold[v->held++] = s[i++];
		if (mime_utf8_get(&c, v->hold, v->held)) {
			v->held = 0;
		} else if (v->held == 4 || ((unsigned char)v->hold[v->held - 1] & 0xc0) != 0x80) {
			v->broken = 1;
			return;
		}
	}
	k = mime_utf8_prefix(s + i, n - i, &v->broken);
	if (v->broken) return;
	if (n - i - k > 0) {
		v->held = n - i - k;
		memcpy(v->hold, s + i + k, v->held);
	}
}

static void
byte(struct mime_survey *v, char c)
{
	unsigned char b = (unsigned char)c;

	if (v->last == '\r' && c == '\n') {
		v->crlf = 1;
		v->line--;
	} else if (v->last == '\r') {
		v->cr = 1;
	}
	v->last = c;
	if (c == '\n') {
		if (v->line > v->longest) v->longest = v->line;
		v->line = 0;
		return;
	}
	v->line++;
	if (b > 127) v->high++;
	if (b == 0) v->nul = 1;
	if (b > 126 || (b < 32 && c != '\t') || c == '=') v->escapes++;
}

void
mime_survey(struct mime_survey *v, char const *s, size_t n)
{
	size_t i;

	v->bytes += n;
	for (i = 0; i < n; i++) byte(v, s[i]);
	if (!v->broken) utf8(v, s, n);
}

void
mime_survey_end(struct mime_survey *v)
{
	if (v->line > v->longest) v->longest = v->line;
	if (v->last == '\r') v->cr = 1;
	if (v->held) v->broken = 1;
}

int
mime_survey_7bit(struct mime_survey const *v)
{
	return !v->high && !v->nul && !v->cr && v->longest <= MIME_LINE_MAX;
}

int
mime_survey_qp(struct mime_survey const *v)
{
	uint64_t written = v->bytes + 2 * v->escapes;

	/* Soft breaks against line ends: two in 75 characters, one in 57 bytes. */
	return written + written / 37 <= v->bytes / 57 * 77;
}
