/* What charsets are called: the labels of the WHATWG Encoding standard, and some of old mail. */

#include <string.h>

#include "mime/coding.h"

/* A charset and the labels that mean it, a blank before and after each. */
struct row {
	struct mime_charset charset;
	char const *labels;
};

/* clang-format off */
static struct row const rows[] = {
	{ { mime_take_utf8, NULL, NULL },
	  " cp65001 unicode-1-1-utf-8 unicode11utf8 utf-8 utf-8-mac utf8 x-unicode20utf8 " },
	{ { mime_take_guess, mime_upper_windows_1252, NULL },
	  " 8bit ansi_x3.4-1968 binary default unknown unknown-8bit x-unknown x-user-defined " },
	{ { mime_take_table, mime_upper_ibm866, NULL },
	  " 866 cp866 csibm866 ibm866 " },
	{ { mime_take_table, mime_upper_iso8859_2, NULL },
	  " csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 "
	  "latin2 " },
	{ { mime_take_table, mime_upper_iso8859_3, NULL },
	  " csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 "
	  "latin3 " },
	{ { mime_take_table, mime_upper_iso8859_4, NULL },
	  " csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 "
	  "latin4 " },
	{ { mime_take_table, mime_upper_iso8859_5, NULL },
	  " csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
	  "iso_8859-5:1988 " },
	{ { mime_take_table, mime_upper_iso8859_6, NULL },
	  " arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 "
	  "iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 " },
	{ { mime_take_table, mime_upper_iso8859_7, NULL },
	  " csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 "
	  "iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek " },
	{ { mime_take_table, mime_upper_iso8859_8, NULL },
	  " csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e "
	  "iso-8859-8-i iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual " },
	{ { mime_take_table, mime_upper_iso8859_10, NULL },
	  " csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 " },
	{ { mime_take_table, mime_upper_iso8859_13, NULL },
	  " iso-8859-13 iso8859-13 iso885913 " },
	{ { mime_take_table, mime_upper_iso8859_14, NULL },
	  " iso-8859-14 iso8859-14 iso885914 " },
	{ { mime_take_table, mime_upper_iso8859_15, NULL },
	  " csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin-9 latin9 " },
	{ { mime_take_table, mime_upper_iso8859_16, NULL },
	  " iso-8859-16 " },
	{ { mime_take_table, mime_upper_koi8_r, NULL },
	  " cskoi8r koi koi8 koi8-r koi8_r " },
	{ { mime_take_table, mime_upper_koi8_u, NULL },
	  " koi8-ru koi8-u " },
	{ { mime_take_table, mime_upper_macintosh, NULL },
	  " csmacintosh mac macintosh x-mac-roman " },
	{ { mime_take_table, mime_upper_windows_874, NULL },
	  " dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 " },
	{ { mime_take_table, mime_upper_windows_1250, NULL },
	  " cp1250 windows-1250 windows1250 x-cp1250 " },
	{ { mime_take_table, mime_upper_windows_1251, NULL },
	  " cp1251 windows-1251 windows1251 x-cp1251 " },
	{ { mime_take_table, mime_upper_windows_1252, NULL },
	  " ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso-latin-1 iso8859-1 "
	  "iso88591 iso8859_1 iso_8859-1 iso_8859-1:1987 l1 latin-1 latin1 us-ascii "
	  "windows-1252 windows1252 x-cp1252 " },
	{ { mime_take_table, mime_upper_windows_1253, NULL },
	  " cp1253 windows-1253 windows1253 x-cp1253 " },
	{ { mime_take_table, mime_upper_windows_1254, NULL },
	  " cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 "
	  "iso_8859-9:1989 l5 latin5 windows-1254 windows1254 x-cp1254 " },
	{ { mime_take_table, mime_upper_windows_1255, NULL },
	  " cp1255 windows-1255 windows1255 x-cp1255 " },
	{ { mime_take_table, mime_upper_windows_1256, NULL },
	  " cp1256 windows-1256 windows1256 x-cp1256 " },
	{ { mime_take_table, mime_upper_windows_1257, NULL },
	  " cp1257 windows-1257 windows1257 x-cp1257 " },
	{ { mime_take_table, mime_upper_windows_1258, NULL },
	  " cp1258 windows-1258 windows1258 x-cp1258 " },
	{ { mime_take_table, mime_upper_x_mac_cyrillic, NULL },
	  " x-mac-cyrillic x-mac-ukrainian " },
	{ { mime_take_iconv, NULL, "GB18030\0" },
	  " chinese cp936 csgb2312 csiso58gb231280 euc-cn gb18030 gb2312 gb_2312 gb_2312-80 gbk "
	  "gbk2312 iso-ir-58 ms936 windows-936 x-gb2312 x-gbk " },
	{ { mime_take_iconv, NULL, "BIG5-HKSCS\0" },
	  " big5 big5-hkscs cn-big5 cp950 csbig5 windows-950 x-x-big5 " },
	{ { mime_take_iconv, NULL, "EUC-JP\0" },
	  " cseucpkdfmtjapanese euc-jp eucjp x-euc x-euc-jp " },
	{ { mime_take_iconv, NULL, "ISO-2022-JP\0" },
	  " csiso2022jp iso-2022-jp iso-2022-jp-1 iso-2022-jp-ms " },
	{ { mime_take_iconv, NULL, "ISO-2022-JP-2\0" },
	  " iso-2022-jp-2 " },
	{ { mime_take_iconv, NULL, "WINDOWS-31J\0SHIFT_JIS\0" },
	  " cp932 csshiftjis ms_kanji shift-jis shift_jis shift_jisx0213 sjis windows-31j "
	  "windows-932 x-sjis " },
	{ { mime_take_iconv, NULL, "CP949\0" },
	  " cp949 cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
	  "ks_c_5601-1992 ksc5601 ksc_5601 ms949 uhc windows-949 x-windows-949 " },
	{ { mime_take_iconv, NULL, "ISO-2022-KR\0" },
	  " csiso2022kr iso-2022-kr " },
	{ { mime_take_iconv, NULL, "ISO-2022-CN\0" },
	  " iso-2022-cn iso-2022-cn-ext " },
	{ { mime_take_utf16be, NULL, NULL },
	  " unicodefffe utf-16be utf16be " },
	{ { mime_take_utf16le, NULL, NULL },
	  " csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf16 utf16le " },
	{ { mime_take_utf7, NULL, NULL },
	  " csunicode11utf7 unicode-1-1-utf-7 utf-7 utf7 x-unicode-2-0-utf-7 " },
	{ { mime_take_iconv, NULL, "UTF-32\0" },
	  " ucs-4 utf-32 utf32 " },
	{ { mime_take_iconv, NULL, "UTF-32LE\0" },
	  " utf-32le " },
	{ { mime_take_iconv, NULL, "UTF-32BE\0" },
	  " iso-10646-ucs-4 utf-32be " },
	{ { mime_take_iconv, NULL, "CP437\0" },
	  " 437 cp437 ibm437 " },
	{ { mime_take_iconv, NULL, "CP850\0" },
	  " 850 cp850 ibm850 " },
	{ { mime_take_iconv, NULL, "CP852\0" },
	  " cp852 ibm852 " },
};
/* clang-format on */

/* Past any label we know. */
#define LONGEST 32

/* What stands for nothing and for what is not known: UTF-8 if it is, else no more than ASCII. */
static uint16_t const nothing[128];
static struct mime_charset const unknown = { mime_take_guess, nothing, NULL };
static struct mime_charset const guess = { mime_take_guess, mime_upper_windows_1252, NULL };

/* Blanks and quotes around a label, and all from a semicolon on, do not count. */
static void
trim(char const **s, size_t *n)
{
	char const *end = memchr(*s, ';', *n);

	if (end) *n = (size_t)(end - *s);
	while (*n > 0 && **s && strchr(" \t\r\n\"'", **s)) {
		(*s)++;
		(*n)--;
	}
	while (*n > 0 && (*s)[*n - 1] && strchr(" \t\r\n\"'", (*s)[*n - 1])) (*n)--;
}

struct mime_charset const *
mime_charset_find(char const *label, size_t n)
{
	char word[LONGEST + 3];
	size_t w = 0;
	size_t i;

	trim(&label, &n);
	if (n == 0) return &guess;
	if (n > LONGEST) return &unknown;
	word[w++] = ' ';
	for (i = 0; i < n; i++) {
		char c = label[i];

		if (c <= ' ' || c > '~') return &unknown;
		word[w++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	word[w++] = ' ';
	word[w] = 0;
	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strstr(rows[i].labels, word)) return &rows[i].charset;
	return &unknown;
}
