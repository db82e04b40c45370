/* mime-pack: files and text to a message on standard output. */

#include <stdio.h>
#include <string.h>

#include <skalibs/strerr.h>

#include "mime/cpuenv.h"
#include "mime/interrupt.h"
#include "mime/pack.h"

/* For a signal: the file that -o names, which is not whole. */
static struct mime_packfile const *unfinished;

static void
clean(void)
{
	mime_packfile_drop(unfinished);
}

void
mime_pack_warn(struct mime_pack const *k, char const *path, char const *what)
{
	if (k->quiet < 2) strerr_warnw(path, ": ", what);
}

void
mime_pack_give_up(struct mime_pack *k)
{
	mime_packfile_drop(&k->file);
	mime_progress_end(&k->progress);
}

static void
check_written(struct mime_pack *k, int ok)
{
	if (ok && (k->out.counting || k->out.bytes <= k->max)) return;
	mime_pack_give_up(k);
	if (ok) strerr_dief(3, "the message is larger than it may be");
	strerr_diefusys(111, "write the message");
}

void
mime_pack_write(struct mime_pack *k, char const *s, size_t n)
{
	check_written(k, mime_packout_text(&k->out, s, n));
}

void
mime_pack_raw(struct mime_pack *k, char const *s, size_t n)
{
	check_written(k, mime_packout_put(&k->out, s, n));
}

void
mime_pack_put(struct mime_pack *k, char const *s)
{
	mime_pack_write(k, s, strlen(s));
}

static void
say_size(struct mime_pack *k, uint64_t size)
{
	char line[40];
	int n = snprintf(line, sizeof line, "%llu\n", (unsigned long long)size);

	if (!mime_sink_put(&k->out.sink, line, (size_t)n) || !mime_sink_flush(&k->out.sink))
		strerr_diefusys(111, "write the size");
}

/* Returns whether there is still a message to be written. */
static int
measure(struct mime_pack *k)
{
	uint64_t size;

	/* Of a long pipe the size is known when it has been written. */
	if (!k->sized && (k->max == UINT64_MAX || !mime_pack_knows(k))) return 1;
	if (k->sized) k->total = mime_pack_total(k);
	size = mime_pack_size(k);
	mime_progress_end(&k->progress);
	if (size > k->max) strerr_dief(3, "the message is larger than it may be");
	if (k->sized) {
		k->out.sink.framed = 0;
		say_size(k, size);
	}
	return !k->sized;
}

static void
write_message(struct mime_pack *k)
{
	if (k->path) {
		unfinished = &k->file;
		if (!mime_interrupt(&clean)) strerr_diefusys(111, "catch signals");
		if (!mime_packfile_open(&k->file, k->path))
			strerr_diefusys(111, "create ", k->path);
		k->out.sink.fd = k->file.fd;
	}
	k->total = mime_pack_total(k);
	mime_pack_header(k);
	mime_pack_body(k);
	check_written(k, mime_packout_end(&k->out));
	mime_progress_end(&k->progress);
	if (!k->path || mime_packfile_keep(&k->file, k->sync)) return;
	mime_pack_give_up(k);
	strerr_diefusys(111, "keep ", k->path);
}

int
main(int argc, char const *const *argv)
{
	static struct mime_pack k;

	PROG = "mime-pack";
	/* Not by initialiser: that would put all of it into the executable. */
	k.date = -1;
	k.out.sink.fd = 1;
	k.cpu = mime_cpu_env();
	mime_pack_options(&k, argc, argv);
	k.progress.off = k.quiet > 0;
	mime_pack_fields(&k);
	mime_pack_open(&k);
	mime_pack_check(&k);
	mime_pack_plan(&k);
	mime_pack_identity(&k);
	if (measure(&k)) write_message(&k);
	return k.status;
}
