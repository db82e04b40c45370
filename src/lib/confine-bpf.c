/*
 * Run at build time: writes the seccomp filters and the names of this machine's
 * system calls as C, so that no session computes anything.
 */

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* What every talker does: read, write, wait, end. */
static char const *const common[] = { "read", "readv", "write", "writev", "recvmsg", "recvfrom",
	"poll", "ppoll", "close", "shutdown", "lseek", "fstat", "clock_gettime", "gettimeofday",
	"nanosleep", "clock_nanosleep", "getpid", "getrandom", "dup2", "dup3", "rt_sigreturn",
	"restart_syscall", "exit", "exit_group", NULL };

/*
 * Of a file that was given to it, a message is written out to the disk while more
 * comes. Nothing that could change what the log already has, if that is a file:
 * no cutting, no fcntl that takes O_APPEND away.
 */
static char const *const smtp[] = { "sync_file_range", "sync_file_range2", NULL };

/* The message is read, and where it is a file, again. */
static char const *const sender[] = { "pread64", NULL };

/* Files below the root are read, and data connections; connect(2) is the monitor's. */
static char const *const ftp[] = { "openat2", "openat", "getdents64", "statx", "newfstatat", "stat",
	"lstat", "readlinkat", "fadvise64", "pread64", "sendfile", "bind", "listen", "accept4",
	"getsockname", "getpeername", "setsockopt", "getsockopt", "fstatfs", NULL };

/* Uploads besides: what they make, and take away, Landlock sees. */
static char const *const add[] = { "unlinkat", "mkdirat", "renameat", "renameat2", "linkat",
	"fchmod", "ftruncate", "fallocate", "fsync", "fdatasync", "pwrite64", "splice",
	"copy_file_range", "pipe2", "flock", NULL };

/* Landlock does not see these: only where clients may change what is there. */
static char const *const change[] = { "fchmodat", "utimensat", NULL };

/* A renamed symbolic link is made anew, as Landlock sees it: so it lets all be made. */
static char const *const links[] = { "symlinkat", NULL };

/* Memory, and a process for each data connection, as the C library makes one. */
static char const *const tls[] = { "brk", "munmap", "mremap", "madvise", "futex", "fork", "wait4",
	"set_robust_list", "rseq", "gettid", "rt_sigprocmask", "getsockopt", NULL };

/* What AddressSanitizer's runtime does besides. */
static char const *const asan[] = { "mmap", "munmap", "mprotect", "madvise", "mremap", "brk",
	"futex", "sigaltstack", "rt_sigaction", "rt_sigprocmask", "gettid", "tgkill", "getrusage",
	"readlink", "sched_yield", "open", "openat", "sched_getaffinity", "prctl", "newfstatat",
	"prlimit64", "ioctl", NULL };

static int
allow(scmp_filter_ctx c, char const *const *names)
{
	for (; *names; names++) {
		int nr = seccomp_syscall_resolve_name(*names);
		int r;

		if (nr < 0) continue; /* not on this machine: poll on aarch64 */
		r = seccomp_rule_add(c, SCMP_ACT_ALLOW, nr, 0);
		if (r < 0) {
			(void)fprintf(stderr, "confine-bpf: fatal: %s: %s\n", *names, strerror(-r));
			return 0;
		}
	}
	return 1;
}

/* Sockets for passive data connections: TCP and no other protocol of streams. */
static int
allow_tcp(scmp_filter_ctx c)
{
	int nr = seccomp_syscall_resolve_name("socket");
	struct scmp_arg_cmp stream = { 1, SCMP_CMP_MASKED_EQ, 0xf, SOCK_STREAM };
	struct scmp_arg_cmp four = { 0, SCMP_CMP_EQ, AF_INET, 0 };
	struct scmp_arg_cmp six = { 0, SCMP_CMP_EQ, AF_INET6, 0 };
	struct scmp_arg_cmp tcp = { 2, SCMP_CMP_EQ, 0, 0 };

	return seccomp_rule_add(c, SCMP_ACT_ALLOW, nr, 3, four, stream, tcp) == 0
	    && seccomp_rule_add(c, SCMP_ACT_ALLOW, nr, 3, six, stream, tcp) == 0;
}

/* No MSG_FASTOPEN: that is a connect(2) which neither this filter nor Landlock would see. */
static int
allow_send(scmp_filter_ctx c)
{
	struct scmp_arg_cmp msg = { 2, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0 };
	struct scmp_arg_cmp to = { 3, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0 };

	return seccomp_rule_add(c, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name("sendmsg"), 1, msg)
	    == 0
	    && seccomp_rule_add(c, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name("sendto"), 1, to)
	    == 0;
}

/*
 * Flags, and how much a pipe holds, of which the user without rights has a quota:
 * not who gets signals of a descriptor.
 */
static int
allow_fcntl(scmp_filter_ctx c)
{
	static scmp_datum_t const commands[] = { F_GETFD, F_SETFD, F_GETFL, F_SETFL,
		F_DUPFD_CLOEXEC, F_SETPIPE_SZ };
	int nr = seccomp_syscall_resolve_name("fcntl");
	size_t i;

	for (i = 0; i < sizeof commands / sizeof *commands; i++) {
		struct scmp_arg_cmp command = { 1, SCMP_CMP_EQ, commands[i], 0 };

		if (seccomp_rule_add(c, SCMP_ACT_ALLOW, nr, 1, command) < 0) return 0;
	}
	return 1;
}

/*
 * Memory that is never a program, processes but no namespaces, and pairs of sockets that
 * lead nowhere else: of datagrams, they would send to any socket of the machine.
 */
static int
allow_private(scmp_filter_ctx c)
{
	static scmp_datum_t const fork_bits = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CSIGNAL;
	struct scmp_arg_cmp data = { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 };
	struct scmp_arg_cmp local = { 0, SCMP_CMP_EQ, AF_UNIX, 0 };
	struct scmp_arg_cmp stream = { 1, SCMP_CMP_MASKED_EQ, 0xf, SOCK_STREAM };
	struct scmp_arg_cmp process = { 0, SCMP_CMP_MASKED_EQ, ~fork_bits, 0 };

	return seccomp_rule_add(c, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name("mmap"), 1, data)
	    == 0
	    && seccomp_rule_add(
	           c, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name("mprotect"), 1, data)
	    == 0
	    && seccomp_rule_add(
	           c, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name("clone"), 1, process)
	    == 0
	    && seccomp_rule_add(
	           c, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name("socketpair"), 2, local, stream)
	    == 0;
}

/* What a connection still owes, or sharing of blocks: nothing about terminals. */
static int
allow_ioctl(scmp_filter_ctx c, scmp_datum_t request)
{
	int nr = seccomp_syscall_resolve_name("ioctl");
	struct scmp_arg_cmp only = { 1, SCMP_CMP_EQ, request, 0 };

	return seccomp_rule_add(c, SCMP_ACT_ALLOW, nr, 1, only) == 0;
}

static void
print_instruction(struct sock_filter const *ins)
{
	printf("\t{ 0x%x, %u, %u, 0x%xU },\n", ins->code, ins->jt, ins->jf, ins->k);
}

/*
 * The load in front is of an argument, and does nothing. Without it the kernel tries
 * every number of a call when the filter is set up, to know which are always allowed:
 * that is a third of what setting it up costs, for 20 ns a call, of which most
 * sessions make fewer than a hundred.
 */
static int
print_filter(scmp_filter_ctx c, char const *name)
{
	struct sock_filter ins =
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args));
	FILE *f = tmpfile();

	if (!f || seccomp_export_bpf(c, fileno(f)) < 0 || fseek(f, 0, SEEK_SET) == -1) return 0;
	printf("static struct sock_filter const confine_%s[] = {\n", name);
	print_instruction(&ins);
	while (fread(&ins, sizeof ins, 1, f) == 1) print_instruction(&ins);
	printf("};\n");
	return fclose(f) == 0;
}

struct filter {
	char const *name;
	char const *const *own[4]; /* lists of what it allows besides */
	int owes;                  /* it asks what its connection has not delivered yet */
	int tcp;                   /* it has data connections */
	int flags;                 /* it sets those of descriptors */
	int private;               /* it has memory and processes of its own */
};

static int
allow_own(scmp_filter_ctx c, struct filter const *f)
{
	size_t i;

	for (i = 0; i < sizeof f->own / sizeof *f->own && f->own[i]; i++)
		if (!allow(c, f->own[i])) return 0;
	if (f->private && !allow_private(c)) return 0;
	if (f->owes && !allow_ioctl(c, SIOCOUTQ)) return 0;
	return !f->tcp || (allow_tcp(c) && allow_ioctl(c, FICLONE));
}

static int
print(struct filter const *f, int sanitizer)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_TRAP);
	int ok;

	if (!c) return 0;
	ok = seccomp_attr_set(c, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0
	    && seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 && allow(c, common)
	    && allow_own(c, f) && allow_send(c) && ((!f->flags && !sanitizer) || allow_fcntl(c))
	    && (!sanitizer || allow(c, asan)) && print_filter(c, f->name);
	seccomp_release(c);
	return ok;
}

static void
print_names(void)
{
	int nr;

	printf("static char const confine_names[] =\n");
	for (nr = 0; nr < 512; nr++) {
		char *name = seccomp_syscall_resolve_num_arch(seccomp_arch_native(), nr);

		printf("\t\"%s\\0\"\n", name ? name : "?");
	}
	printf(";\n");
}

int
main(int argc, char **argv)
{
	static struct filter const filters[] = {
		{ "smtp", { smtp }, 1, 0, 0, 0 },
		{ "send", { sender }, 0, 0, 1, 0 },
		{ "ftp_read", { ftp }, 1, 1, 1, 0 },
		{ "ftp_add", { ftp, add }, 1, 1, 1, 0 },
		{ "ftp_change", { ftp, add, change }, 1, 1, 1, 0 },
		{ "ftp_links", { ftp, add, change, links }, 1, 1, 1, 0 },
		/* Before the login, perhaps with rights it must not use: no files. */
		{ "login", { NULL }, 0, 0, 1, 0 },
		{ "tls", { tls }, 1, 0, 1, 1 },
	};
	int sanitizer = argc > 1 && strcmp(argv[1], "asan") == 0;
	size_t i;

	printf("/* Written by confine-bpf. */\n");
	for (i = 0; i < sizeof filters / sizeof *filters; i++)
		if (!print(&filters[i], sanitizer)) return 111;
	print_names();
	return 0;
}
