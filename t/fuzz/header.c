/*
 * The values of header fields: what is decoded is UTF-8 and the same however it
 * is cut; what is written is one field, and is read back as what it was.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mime/addr.h"
#include "mime/charset.h"
#include "mime/compose.h"
#include "mime/date.h"
#include "mime/param.h"
#include "mime/utf8.h"
#include "mime/word.h"

extern int LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n);

enum { MOST = 4000, OUT = MIME_CONVERTED(MOST) };

static void
must(int holds)
{
	if (!holds) abort();
}

static void
words(char const *s, size_t n)
{
	static char whole[OUT];
	static char part[OUT];
	static char coded[6 * OUT + 100];
	static char again[6 * OUT + 100];
	int bad = 0;
	size_t w = mime_word_decode(s, n, whole, sizeof whole, &bad);
	size_t k = mime_word_decode(s, n, part, w / 2, &bad);

	must(mime_utf8_valid(whole, w));
	must(k <= w / 2 && mime_utf8_valid(part, k) && memcmp(whole, part, k) == 0);
	if (w == 0) return;
	k = mime_word_encode(whole, w, 10, coded);
	must(mime_word_decode(coded, k, again, sizeof again, &bad) == w);
	must(memcmp(again, whole, w) == 0);
}

static void
charsets(char const *s, size_t n)
{
	static char const *const labels[] = { "utf-8", "", "koi8-r", "utf-16", "utf-7", "gb18030",
		"big5", "euc-jp", "shift_jis", "iso-2022-jp", "euc-kr", "utf-32", "none", "cp437" };
	static size_t const pieces[] = { 1, 2, 3, 61 };
	static char whole[OUT];
	static char part[OUT];
	struct mime_converter c;
	char const *label;
	size_t w;
	size_t i;

	if (n == 0) return;
	label = labels[(unsigned char)s[0] % (sizeof labels / sizeof *labels)];
	mime_convert_begin(&c, mime_charset_find(label, strlen(label)));
	w = mime_convert(&c, s, n, whole);
	w += mime_convert_end(&c, whole + w);
	must(w <= MIME_CONVERTED(n) && mime_utf8_valid(whole, w));
	for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		size_t k = 0;
		size_t j;

		mime_convert_begin(&c, mime_charset_find(label, strlen(label)));
		for (j = 0; j < n; j += pieces[i])
			k += mime_convert(
			    &c, s + j, n - j < pieces[i] ? n - j : pieces[i], part + k);
		k += mime_convert_end(&c, part + k);
		must(k == w && memcmp(part, whole, w) == 0);
	}
}

static void
params(char const *s, size_t n)
{
	static struct mime_param list[30];
	static char text[MOST];
	static char out[OUT];
	struct mime_params p = { .list = list, .max = 30, .text = text, .room = n };
	size_t len = 0;
	int bad = 0;
	size_t i;

	mime_params_parse(&p, s, n);
	must(p.n <= 30);
	for (i = 0; i < p.n; i++) {
		must(list[i].name >= s && list[i].name + list[i].namelen <= s + n);
		must(list[i].value >= text && list[i].value + list[i].len <= text + n);
	}
	if (mime_params_text(&p, "name", out, sizeof out, &len, &bad) != MIME_PARAM_NONE)
		must(len <= sizeof out && mime_utf8_valid(out, len));
}

/* One field, and no more: every line but the first begins with a blank and has something. */
static void
one_field(char const *s, size_t n)
{
	size_t i;

	must(n > 0 && s[n - 1] == '\n' && !memchr(s, '\r', n) && !memchr(s, 0, n));
	for (i = 0; i + 1 < n; i++)
		must(s[i] != '\n'
		    || ((s[i + 1] == ' ' || s[i + 1] == '\t') && i + 2 < n && s[i + 2] != '\n'));
}

static size_t
mailboxes(char const *s, size_t n)
{
	struct mime_addrs a = { .s = s, .n = n };
	struct mime_addr x;
	enum mime_addr_kind kind;
	size_t count = 0;

	while ((kind = mime_addr_next(&a, &x)) != MIME_ADDR_END) {
		struct mime_addr y = { 0 };
		char once[1000];
		char twice[1000];
		static char name[OUT];
		size_t w = mime_addr_spec(&x, once, sizeof once);
		int bad = 0;

		must(!x.name || (x.name >= s && x.name + x.namelen <= s + n));
		must(!x.spec || (x.spec >= s && x.spec + x.speclen <= s + n));
		must(mime_utf8_valid(name, mime_addr_name(&x, name, sizeof name, &bad)));
		count += kind == MIME_ADDR_MAILBOX;
		if (w == 0) continue;
		y.spec = once;
		y.speclen = w;
		must(mime_addr_spec(&y, twice, sizeof twice) == w && memcmp(once, twice, w) == 0);
	}
	must(a.i == n);
	return count;
}

static void
composed(char const *s, size_t n)
{
	static char text[MOST + 1];
	static char out[MIME_COMPOSED];
	static char again[MIME_COMPOSED];
	size_t k;
	int utf8;

	memcpy(text, s, n);
	text[n] = 0;
	if (strlen(text) != n || mime_compose_breaks(text)) return;
	for (utf8 = 0; utf8 < 2; utf8++) {
		int bad = 0;

		k = mime_compose_text(out, "X", text, utf8);
		if (n == 0 || text[strspn(text, " \t")] == 0) continue;
		one_field(out, k);
		k = mime_compose_addresses(out, "To", text, utf8);
		if (k > 0) {
			one_field(out, k);
			must(mailboxes(out + 4, k - 4) == mailboxes(text, n));
		}
		if (!mime_utf8_valid(text, n) || strchr(text, '\t') || utf8) continue;
		k = mime_compose_value(out, text, 0, 0);
		/* RFC 5322 2.2.3: unfolded, it is what it was. */
		if (!memchr(out, '\n', k)) {
			must(mime_word_decode(out, k, again, sizeof again, &bad) == n);
			must(memcmp(again, text, n) == 0);
		}
	}
}

static void
date(char const *s, size_t n)
{
	char text[MIME_DATE_SIZE];
	int64_t once;
	int64_t twice;

	if (!mime_date_parse(s, n, &once)) return;
	/* A zone can lead out of the years that can be written. */
	if (once < -62167219200 || once > 253402300799) return;
	must(mime_date_parse(text, mime_date_format(text, once), &twice) && once == twice);
}

int
LLVMFuzzerTestOneInput(uint8_t const *bytes, size_t n)
{
	char const *s = (char const *)bytes;

	if (n > MOST) return 0;
	words(s, n);
	charsets(s, n);
	params(s, n);
	mailboxes(s, n);
	composed(s, n);
	date(s, n);
	return 0;
}
