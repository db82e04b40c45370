/* Media types: extensions and magic numbers; types as registered with IANA. */

#include <string.h>
#include <strings.h>

#include "mime/type.h"

struct extension {
	char const *type;
	char const *name; /* the first one of a type is its usual one */
};

struct magic {
	size_t at;
	size_t len;
	char const *bytes;
	char const *type;
};

/* clang-format off */
static struct extension const extensions[] = {
	{ "text/plain", "txt" }, { "text/plain", "text" }, { "text/plain", "log" },
	{ "text/plain", "md" }, { "text/plain", "conf" }, { "text/plain", "ini" },
	{ "text/html", "html" }, { "text/html", "htm" }, { "text/css", "css" },
	{ "text/csv", "csv" }, { "text/calendar", "ics" }, { "text/vcard", "vcf" },
	{ "text/x-vcard", "vcf" }, { "text/xml", "xml" }, { "application/xml", "xml" },
	{ "text/javascript", "js" }, { "text/rtf", "rtf" }, { "application/rtf", "rtf" },
	{ "text/x-patch", "patch" }, { "text/x-diff", "diff" }, { "text/tab-separated-values", "tsv" },
	{ "message/rfc822", "eml" }, { "message/global", "eml" },
	{ "message/delivery-status", "txt" }, { "text/rfc822-headers", "txt" },
	{ "image/jpeg", "jpg" }, { "image/jpeg", "jpeg" }, { "image/jpg", "jpg" },
	{ "image/png", "png" }, { "image/gif", "gif" }, { "image/bmp", "bmp" },
	{ "image/webp", "webp" }, { "image/tiff", "tif" }, { "image/tiff", "tiff" },
	{ "image/svg+xml", "svg" }, { "image/heic", "heic" }, { "image/avif", "avif" },
	{ "image/vnd.microsoft.icon", "ico" }, { "image/x-icon", "ico" },
	{ "audio/mpeg", "mp3" }, { "audio/ogg", "oga" }, { "audio/x-wav", "wav" },
	{ "audio/wav", "wav" }, { "audio/flac", "flac" }, { "audio/mp4", "m4a" },
	{ "audio/aac", "aac" }, { "audio/amr", "amr" }, { "audio/midi", "mid" },
	{ "video/mp4", "mp4" }, { "video/mpeg", "mpg" }, { "video/quicktime", "mov" },
	{ "video/x-msvideo", "avi" }, { "video/webm", "webm" }, { "video/3gpp", "3gp" },
	{ "video/x-matroska", "mkv" }, { "application/ogg", "ogg" },
	{ "application/pdf", "pdf" }, { "application/postscript", "ps" },
	{ "application/zip", "zip" }, { "application/x-zip-compressed", "zip" },
	{ "application/gzip", "gz" }, { "application/x-gzip", "gz" }, { "application/gzip", "tgz" },
	{ "application/x-tar", "tar" }, { "application/x-bzip2", "bz2" },
	{ "application/x-xz", "xz" }, { "application/zstd", "zst" },
	{ "application/x-7z-compressed", "7z" }, { "application/vnd.rar", "rar" },
	{ "application/json", "json" }, { "application/yaml", "yaml" }, { "application/sql", "sql" },
	{ "application/msword", "doc" }, { "application/vnd.ms-excel", "xls" },
	{ "application/vnd.ms-powerpoint", "ppt" }, { "application/vnd.ms-outlook", "msg" },
	{ "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
	{ "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
	{ "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx" },
	{ "application/vnd.oasis.opendocument.text", "odt" },
	{ "application/vnd.oasis.opendocument.spreadsheet", "ods" },
	{ "application/vnd.oasis.opendocument.presentation", "odp" },
	{ "application/epub+zip", "epub" }, { "application/ms-tnef", "dat" },
	{ "application/pgp-signature", "asc" }, { "application/pgp-keys", "asc" },
	{ "application/pgp-encrypted", "pgp" }, { "application/pkcs7-signature", "p7s" },
	{ "application/x-pkcs7-signature", "p7s" }, { "application/pkcs7-mime", "p7m" },
	{ "application/x-pkcs7-mime", "p7m" }, { "application/x-x509-ca-cert", "crt" },
	{ "application/java-archive", "jar" }, { "application/vnd.android.package-archive", "apk" },
	{ "application/x-sh", "sh" }, { "application/xhtml+xml", "xhtml" },
	{ "font/woff2", "woff2" }, { "font/ttf", "ttf" }, { "model/stl", "stl" },
	{ "image/vnd.dxf", "dxf" }, { "image/vnd.dwg", "dwg" }, { "application/step", "stp" },
};

static struct magic const magics[] = {
	{ 0, 5, "%PDF-", "application/pdf" },
	{ 0, 8, "\x89PNG\r\n\x1a\n", "image/png" },
	{ 0, 3, "\xff\xd8\xff", "image/jpeg" },
	{ 0, 4, "GIF8", "image/gif" },
	{ 8, 4, "WEBP", "image/webp" },
	{ 0, 4, "II*\0", "image/tiff" },
	{ 0, 4, "MM\0*", "image/tiff" },
	{ 0, 4, "PK\3\4", "application/zip" },
	{ 0, 3, "\x1f\x8b\x08", "application/gzip" },
	{ 0, 6, "\xfd""7zXZ\0", "application/x-xz" },
	{ 0, 4, "\x28\xb5\x2f\xfd", "application/zstd" },
	{ 4, 8, "ftypM4A ", "audio/mp4" },
	{ 4, 4, "ftyp", "video/mp4" },
	{ 0, 3, "ID3", "audio/mpeg" },
	{ 0, 4, "OggS", "application/ogg" },
	{ 0, 5, "<?xml", "text/xml" },
	{ 0, 4, "<svg", "image/svg+xml" },
};
/* clang-format on */

char const *
mime_type_extension(char const *type)
{
	size_t i;

	for (i = 0; i < sizeof extensions / sizeof *extensions; i++)
		if (strcmp(extensions[i].type, type) == 0) return extensions[i].name;
	return "bin";
}

char const *
mime_type_of_name(char const *name, size_t n)
{
	char const *dot = memrchr(name, '.', n);
	size_t len;
	size_t i;

	if (!dot) return NULL;
	dot++;
	len = (size_t)(name + n - dot);
	for (i = 0; i < sizeof extensions / sizeof *extensions; i++) {
		char const *x = extensions[i].name;

		if (strlen(x) == len && strncasecmp(x, dot, len) == 0) return extensions[i].type;
	}
	return NULL;
}

char const *
mime_type_of_bytes(char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof magics / sizeof *magics; i++) {
		struct magic const *m = magics + i;

		if (n >= m->at + m->len && memcmp(s + m->at, m->bytes, m->len) == 0) return m->type;
	}
	if (n >= 5 && (strncasecmp(s, "<html", 5) == 0 || strncasecmp(s, "<!doc", 5) == 0))
		return "text/html";
	return NULL;
}
