/* The warning codes: one row each, in the order of enum mime_code. */

#include "mime/code.h"

/* No pointers: each would have to be set when a program starts, in pages of its own. */
struct row {
	char name[20];
	enum mime_level level;
	char text[76];
};

/* clang-format off */
static struct row const rows[MIME_CODES] = {
	[MIME_NO_CLOSE]         = { "no-close", MIME_NOTICE, "the closing boundary is missing" },
	[MIME_B64_SHORT]        = { "b64-short", MIME_DAMAGE, "a base64 group of one character was lost" },
	[MIME_B64_JUNK]         = { "b64-junk", MIME_NOTICE, "characters outside the base64 alphabet were skipped" },
	[MIME_B64_TRAILER]      = { "b64-trailer", MIME_DAMAGE, "text after the end of the base64 data was ignored" },
	[MIME_BAD_QP]           = { "bad-qp", MIME_DAMAGE, "an equals sign without two hex digits was taken literally" },
	[MIME_BAD_UU]           = { "bad-uu", MIME_DAMAGE, "uuencoded data with other characters, or without its begin or end line" },
	[MIME_DUP_CTYPE]        = { "dup-ctype", MIME_DAMAGE, "more than one Content-Type" },
	[MIME_DUP_CTE]          = { "dup-cte", MIME_DAMAGE, "more than one Content-Transfer-Encoding, and they differ" },
	[MIME_DUP_PARAM]        = { "dup-param", MIME_DAMAGE, "a parameter or field is given twice, the first one counts" },
	[MIME_UNK_CTE]          = { "unk-cte", MIME_DAMAGE, "unknown transfer encoding, taken as it is" },
	[MIME_BOUNDARY_GUESSED] = { "boundary-guessed", MIME_DAMAGE, "no usable boundary parameter, one was guessed" },
	[MIME_NO_BOUNDARY]      = { "no-boundary", MIME_DAMAGE, "a multipart without any delimiter line" },
	[MIME_NO_BLANK]         = { "no-blank", MIME_DAMAGE, "the header is not closed by an empty line" },
	[MIME_EPILOGUE_PARTS]   = { "epilogue-parts", MIME_DAMAGE, "delimiter lines after the closing one were ignored" },
	[MIME_BARE_CR]          = { "bare-cr", MIME_DAMAGE, "lines end with CR alone" },
	[MIME_BAD_CHARSET]      = { "bad-charset", MIME_DAMAGE, "text that does not fit its charset, or an unknown one" },
	[MIME_BAD_UTF8]         = { "bad-utf8", MIME_DAMAGE, "text that is called UTF-8 and is not" },
	[MIME_TRUNCATED]        = { "truncated", MIME_DAMAGE, "the input ends inside a header or a line of base64" },
	[MIME_NAME_LOST]        = { "name-lost", MIME_DAMAGE, "ten thousand files have this name, the file was not kept" },
	[MIME_LIMIT_DEPTH]      = { "limit-depth", MIME_LIMIT, "nested too deeply, not looked into" },
	[MIME_LIMIT_PARTS]      = { "limit-parts", MIME_LIMIT, "too many parts, the rest is taken as one" },
	[MIME_LIMIT_FIELD]      = { "limit-field", MIME_LIMIT, "a header field was cut" },
	[MIME_LIMIT_HEADER]     = { "limit-header", MIME_LIMIT, "header fields beyond the limit were not read" },
	[MIME_LIMIT_FILES]      = { "limit-files", MIME_LIMIT, "too many files, this one was not written" },
	[MIME_LIMIT_BYTES]      = { "limit-bytes", MIME_LIMIT, "more decoded than allowed, the rest was not written" },
	[MIME_8BIT_HDR]         = { "8bit-hdr", MIME_NOTICE, "unencoded 8-bit text in the header" },
	[MIME_HDR_JUNK]         = { "hdr-junk", MIME_NOTICE, "a line in the header that is no field was skipped" },
	[MIME_NUL_HDR]          = { "nul-hdr", MIME_NOTICE, "a NUL byte in the header" },
	[MIME_CTE_ON_MULTI]     = { "cte-on-multi", MIME_NOTICE, "a transfer encoding on a multipart, where none may be" },
	[MIME_NAME_CHANGED]     = { "name-changed", MIME_NOTICE, "the file name was made safe" },
	[MIME_NAME_CUT]         = { "name-cut", MIME_NOTICE, "the file name was shortened" },
	[MIME_NO_VERSION]       = { "no-mime-version", MIME_NOTICE, "no MIME-Version field" },
	[MIME_NO_SUBTYPE]       = { "no-subtype", MIME_NOTICE, "a Content-Type that cannot be read" },
	[MIME_LONG_LINE]        = { "long-line", MIME_NOTICE, "a line of the body has more than 998 characters" },
	[MIME_QP_SPACE]         = { "qp-space", MIME_NOTICE, "blanks at the end of quoted-printable lines were dropped" },
	[MIME_OBS_FOLD]         = { "obs-fold", MIME_NOTICE, "a continuation line of blanks only" },
	[MIME_MBOX_FROM]        = { "mbox-from", MIME_NOTICE, "an mbox From line before the header was skipped" },
	[MIME_BOUNDARY_LONG]    = { "boundary-long", MIME_NOTICE, "a boundary of more than 70 characters" },
	[MIME_DUP_BOUNDARY]     = { "dup-boundary", MIME_NOTICE, "a boundary that is in use further out" },
	[MIME_TNEF]             = { "tnef", MIME_NOTICE, "a winmail.dat, which may hold more files" },
};
/* clang-format on */

char const *
mime_code_name(enum mime_code code)
{
	return rows[code].name;
}

char const *
mime_code_text(enum mime_code code)
{
	return rows[code].text;
}

enum mime_level
mime_code_level(enum mime_code code)
{
	return rows[code].level;
}
