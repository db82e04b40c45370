/*
 * gmime extract < message | gmime list < message | gmime base64 file | gmime qp file:
 * what a program on GMime does for the same work. Files go to the current
 * directory as part-1 and so on, a message to standard output.
 */

#include <fcntl.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

static unsigned int parts;

static void
save(GMimePart *part)
{
	char name[32];
	GMimeStream *out;

	(void)snprintf(name, sizeof name, "part-%u", parts);
	out = g_mime_stream_fs_open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600, NULL);
	g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(part), out);
	g_mime_stream_flush(out);
	g_object_unref(out);
}

static void
each(GMimeObject *parent, GMimeObject *part, gpointer extract)
{
	(void)parent;
	if (!GMIME_IS_PART(part)) return;
	parts++;
	if (extract) save(GMIME_PART(part));
}

static int
take_apart(int extract)
{
	GMimeStream *in = g_mime_stream_fs_new(0);
	GMimeParser *parser = g_mime_parser_new_with_stream(in);
	GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
	GMimeObject *top = m ? g_mime_message_get_mime_part(m) : NULL;

	if (!top) return 1;
	if (GMIME_IS_PART(top)) each(NULL, top, extract ? &parts : NULL);
	g_mime_message_foreach(m, &each, extract ? &parts : NULL);
	if (!extract) (void)printf("%u\n", parts);
	return 0;
}

static int
build(char const *file, GMimeContentEncoding encoding)
{
	GMimeStream *in = g_mime_stream_fs_open(file, O_RDONLY, 0, NULL);
	GMimeStream *out = g_mime_stream_fs_new(1);
	GMimeStream *wide = g_mime_stream_buffer_new(out, GMIME_STREAM_BUFFER_BLOCK_WRITE);
	GMimeMessage *m = g_mime_message_new(TRUE);
	GMimePart *part = encoding == GMIME_CONTENT_ENCODING_BASE64
	    ? g_mime_part_new_with_type("application", "octet-stream")
	    : g_mime_part_new_with_type("text", "plain");
	GMimeMultipart *all = g_mime_multipart_new_with_subtype("mixed");

	g_mime_part_set_content(
	    part, g_mime_data_wrapper_new_with_stream(in, GMIME_CONTENT_ENCODING_DEFAULT));
	g_mime_part_set_content_encoding(part, encoding);
	g_mime_part_set_filename(part, file);
	g_mime_multipart_add(all, GMIME_OBJECT(part));
	g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_FROM, NULL, "a@b.example");
	g_mime_message_set_mime_part(m, GMIME_OBJECT(all));
	return g_mime_object_write_to_stream(GMIME_OBJECT(m), NULL, wide) == -1
	    || g_mime_stream_flush(wide) == -1;
}

int
main(int argc, char **argv)
{
	g_mime_init();
	if (argc == 2) return take_apart(strcmp(argv[1], "extract") == 0);
	if (argc != 3) return 100;
	return build(argv[2],
	    strcmp(argv[1], "qp") == 0 ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
	                               : GMIME_CONTENT_ENCODING_BASE64);
}
