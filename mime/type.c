/* Media types and extensions, as registered with IANA where they are. */

#include <string.h>
#include <strings.h>

#include "mime/type.h"

/* No pointers: each would have to be set when a program starts, in pages of its own. */
struct extension {
	char type[76];
	char name[12]; /* the first one of a type is its usual one */
};

/* clang-format off */
static struct extension const extensions[] = {
	/* What these two hold is anything. */
	{ "application/octet-stream", "bin" }, { "application/octet-stream", "dat" },
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
	{ "text/markdown", "markdown" }, { "text/x-python", "py" }, { "text/x-c", "c" },
	{ "text/x-c", "h" }, { "text/enriched", "rtx" },
	{ "text/vnd.graphviz", "gv" }, { "text/x-shellscript", "sh" },
	{ "message/disposition-notification", "txt" }, { "message/feedback-report", "txt" },
	{ "message/global-delivery-status", "txt" }, { "message/global-headers", "txt" },
	{ "message/partial", "eml" }, { "message/external-body", "txt" },
	{ "image/heif", "heif" }, { "image/jxl", "jxl" }, { "image/jp2", "jp2" },
	{ "image/x-ms-bmp", "bmp" }, { "image/pjpeg", "jpg" }, { "image/x-png", "png" },
	{ "image/emf", "emf" }, { "image/wmf", "wmf" }, { "image/vnd.adobe.photoshop", "psd" },
	{ "image/vnd.djvu", "djvu" }, { "image/x-portable-pixmap", "ppm" },
	{ "audio/x-ms-wma", "wma" }, { "audio/opus", "opus" }, { "audio/webm", "weba" },
	{ "audio/mp3", "mp3" }, { "audio/x-m4a", "m4a" }, { "audio/3gpp", "3gp" },
	{ "audio/basic", "au" }, { "audio/aiff", "aif" },
	{ "video/ogg", "ogv" }, { "video/x-ms-wmv", "wmv" }, { "video/x-flv", "flv" },
	{ "video/x-m4v", "m4v" },
	{ "application/vnd.ms-word.document.macroenabled.12", "docm" },
	{ "application/vnd.ms-excel.sheet.macroenabled.12", "xlsm" },
	{ "application/vnd.openxmlformats-officedocument.presentationml.slideshow", "ppsx" },
	{ "application/vnd.oasis.opendocument.graphics", "odg" },
	{ "application/vnd.visio", "vsd" }, { "application/vnd.ms-project", "mpp" },
	{ "application/vnd.ms-tnef", "dat" },
	{ "application/mac-binhex40", "hqx" }, { "application/vnd.ms-cab-compressed", "cab" },
	{ "application/x-rar-compressed", "rar" }, { "application/x-iso9660-image", "iso" },
	{ "application/vnd.debian.binary-package", "deb" }, { "application/x-rpm", "rpm" },
	{ "application/wasm", "wasm" }, { "application/x-msdownload", "exe" },
	{ "application/x-sqlite3", "sqlite" },
	{ "application/x-pkcs12", "p12" }, { "application/pkix-cert", "cer" },
	{ "application/pkcs10", "p10" }, { "application/tlsrpt+gzip", "gz" },
	{ "application/tlsrpt+json", "json" }, { "application/ld+json", "json" },
	{ "application/geo+json", "geojson" }, { "application/gpx+xml", "gpx" },
	{ "application/vnd.google-earth.kml+xml", "kml" }, { "application/rss+xml", "rss" },
	{ "application/atom+xml", "atom" }, { "application/vnd.apple.pages", "pages" },
	{ "application/vnd.apple.numbers", "numbers" },
	{ "application/vnd.apple.pkpass", "pkpass" }, { "font/woff", "woff" }, { "font/otf", "otf" },
	{ "model/gltf-binary", "glb" },
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
