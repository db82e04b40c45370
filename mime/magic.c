/* What the first bytes of a file say about its type. */

#include <string.h>
#include <strings.h>

#include "mime/type.h"

struct magic {
	size_t at;
	size_t len;
	char const *bytes;
	char const *type;
};

/* clang-format off */
static struct magic const magics[] = { /* the first that fits */
	{ 0, 5, "%PDF-", "application/pdf" },
	{ 0, 4, "%!PS", "application/postscript" },
	{ 0, 8, "\x89PNG\r\n\x1a\n", "image/png" },
	{ 0, 3, "\xff\xd8\xff", "image/jpeg" },
	{ 0, 4, "GIF8", "image/gif" },
	{ 8, 7, "WEBPVP8", "image/webp" },
	{ 8, 4, "WAVE", "audio/wav" },
	{ 8, 4, "AVI ", "video/x-msvideo" },
	{ 0, 4, "II*\0", "image/tiff" },
	{ 0, 4, "MM\0*", "image/tiff" },
	{ 0, 4, "PK\3\4", "application/zip" },
	{ 0, 3, "\x1f\x8b\x08", "application/gzip" },
	{ 0, 6, "\xfd""7zXZ\0", "application/x-xz" },
	{ 0, 4, "\x28\xb5\x2f\xfd", "application/zstd" },
	{ 0, 3, "BZh", "application/x-bzip2" },
	{ 0, 6, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed" },
	{ 0, 6, "Rar!\x1a\x07", "application/vnd.rar" },
	{ 257, 5, "ustar", "application/x-tar" },
	{ 4, 8, "ftypM4A ", "audio/mp4" },
	{ 4, 8, "ftypheic", "image/heic" },
	{ 4, 8, "ftypavif", "image/avif" },
	{ 4, 8, "ftypqt  ", "video/quicktime" },
	{ 4, 4, "ftyp", "video/mp4" },
	{ 0, 4, "\x1a\x45\xdf\xa3", "video/x-matroska" },
	{ 0, 3, "ID3", "audio/mpeg" },
	{ 0, 2, "\xff\xfb", "audio/mpeg" },
	{ 0, 2, "\xff\xf3", "audio/mpeg" },
	{ 0, 4, "fLaC", "audio/flac" },
	{ 0, 4, "OggS", "application/ogg" },
	{ 0, 4, "\x7f" "ELF", "application/x-elf" },
	{ 0, 4, "\x78\x9f\x3e\x22", "application/ms-tnef" },
	{ 0, 5, "{\\rtf", "application/rtf" },
	{ 0, 15, "BEGIN:VCALENDAR", "text/calendar" },
	{ 0, 11, "BEGIN:VCARD", "text/vcard" },
};

/* These begin with a file "mimetype" that is not compressed; the next one follows. */
static struct magic const documents[] = {
	{ 30, 49, "mimetypeapplication/vnd.oasis.opendocument.textPK",
	  "application/vnd.oasis.opendocument.text" },
	{ 30, 56, "mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK",
	  "application/vnd.oasis.opendocument.spreadsheet" },
	{ 30, 57, "mimetypeapplication/vnd.oasis.opendocument.presentationPK",
	  "application/vnd.oasis.opendocument.presentation" },
	{ 30, 53, "mimetypeapplication/vnd.oasis.opendocument.graphicsPK",
	  "application/vnd.oasis.opendocument.graphics" },
	{ 30, 28, "mimetypeapplication/epub+zip", "application/epub+zip" },
};

/* What the first file of a zip archive, or one among the first, is called in these. */
static struct magic const archives[] = {
	{ 0, 5, "word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
	{ 0, 3, "xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
	{ 0, 4, "ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
	{ 0, 20, "META-INF/MANIFEST.MF", "application/java-archive" },
};

/* What text in tags begins with, without case. */
static struct magic const tags[] = {
	{ 0, 14, "<!doctype html", "text/html" },
	{ 0, 5, "<html", "text/html" },
	{ 0, 4, "<svg", "image/svg+xml" },
	{ 0, 5, "<?xml", "text/xml" },
};

/* Fields a message has, one of each row. */
static char const *const origins[] = { "From:", "Received:", "Return-Path:" };
static char const *const others[] = { "Date:", "Message-ID:", "Received:", "MIME-Version:" };
/* clang-format on */

static int
fits(struct magic const *m, char const *s, size_t n)
{
	return n >= m->at + m->len && memcmp(s + m->at, m->bytes, m->len) == 0;
}

/* An archive of one of the office formats: what kind; NULL for any other. */
static char const *
archive(char const *s, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof documents / sizeof *documents; i++)
		if (fits(documents + i, s, n)) return documents[i].type;
	for (i = 0; i < sizeof archives / sizeof *archives; i++)
		if (memmem(s, n, archives[i].bytes, archives[i].len)) return archives[i].type;
	return NULL;
}

static char const *
tagged(char const *s, size_t n)
{
	size_t i;

	if (n > 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		n -= 3;
	}
	while (n > 0 && *s && strchr(" \t\r\n", *s)) {
		s++;
		n--;
	}
	for (i = 0; i < sizeof tags / sizeof *tags; i++) {
		if (n < tags[i].len || strncasecmp(s, tags[i].bytes, tags[i].len) != 0) continue;
		return s[1] == '?' && memmem(s, n, "<svg", 4) ? "image/svg+xml" : tags[i].type;
	}
	return NULL;
}

static int
is_one_of(char const *line, size_t n, char const *const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (n >= strlen(names[i]) && strncasecmp(line, names[i], strlen(names[i])) == 0)
			return 1;
	return 0;
}

/* Whether s is the beginning of a message: nothing but fields, of the right kinds. */
static int
is_message(char const *s, size_t n)
{
	int from = 0;
	int other = 0;
	size_t i = 0;

	while (i < n && s[i] != '\n' && s[i] != '\r') {
		char const *line = s + i;
		char const *lf = memchr(line, '\n', n - i);
		size_t len = lf ? (size_t)(lf - line) : n - i;
		size_t name = 0;

		i += len + 1;
		if (*line == ' ' || *line == '\t') continue;
		while (name < len && line[name] > ' ' && line[name] != ':') name++;
		/* The last line may have been cut. */
		if (name == 0 || (name == len ? lf != NULL : line[name] != ':')) return 0;
		from |= is_one_of(line, len, origins, sizeof origins / sizeof *origins);
		other |= is_one_of(line, len, others, sizeof others / sizeof *others);
	}
	return from && other;
}

char const *
mime_type_of_bytes(char const *s, size_t n)
{
	char const *type;
	size_t i;

	for (i = 0; i < sizeof magics / sizeof *magics; i++) {
		if (!fits(magics + i, s, n)) continue;
		type = strcmp(magics[i].type, "application/zip") == 0 ? archive(s, n) : NULL;
		return type ? type : magics[i].type;
	}
	type = tagged(s, n);
	if (type) return type;
	return n > 0 && is_message(s, n) ? "message/rfc822" : NULL;
}
