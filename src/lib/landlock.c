/* Landlock, by the numbers of its ABI: newer than the headers we compile with. */

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <skalibs/djbunix.h>

#include "lib/landlock.h"

/* linux/landlock.h; ABI 1 has bits 0 to 12, then one or more each. */
enum {
	FS_WRITE_FILE = 1 << 1,
	FS_READ_FILE = 1 << 2,
	FS_READ_DIR = 1 << 3,
	FS_REMOVE_DIR = 1 << 4,
	FS_REMOVE_FILE = 1 << 5,
	FS_MAKE_DIR = 1 << 7,
	FS_MAKE_REG = 1 << 8,
	FS_MAKE_SYM = 1 << 12,
	FS_ABI_1 = (1 << 13) - 1,
	FS_REFER = 1 << 13,    /* ABI 2 */
	FS_TRUNCATE = 1 << 14, /* ABI 3 */
	FS_IOCTL_DEV = 1 << 15 /* ABI 5 */
};
enum { NET_BIND = 1, NET_CONNECT = 2, SCOPE_ALL = 3 };
enum { RULE_PATH = 1, RULE_PORT = 2, GET_VERSION = 1, PORTS_MAX = 64 };

struct ruleset {
	uint64_t fs;
	uint64_t net;   /* ABI 4 */
	uint64_t scope; /* ABI 6 */
};

struct path_rule {
	uint64_t allowed;
	int32_t parent;
} __attribute__((packed));

struct port_rule {
	uint64_t allowed;
	uint64_t port;
};

static int
many_ports(struct confinement const *c)
{
	return c->listens && c->ports_hi - c->ports_lo >= PORTS_MAX;
}

static size_t
handled(struct ruleset *r, long abi, struct confinement const *c)
{
	memset(r, 0, sizeof *r);
	r->fs = FS_ABI_1;
	if (abi >= 2) r->fs |= FS_REFER;
	if (abi >= 3) r->fs |= FS_TRUNCATE;
	if (abi >= 5) r->fs |= FS_IOCTL_DEV;
	if (abi >= 4) r->net = many_ports(c) ? NET_CONNECT : NET_BIND | NET_CONNECT;
	if (abi >= 6) r->scope = SCOPE_ALL;
	return abi >= 6 ? sizeof *r : abi >= 4 ? offsetof(struct ruleset, scope) : sizeof r->fs;
}

static int
allow_tree(int set, struct confinement const *c, uint64_t known)
{
	struct path_rule p = { .allowed = FS_READ_FILE | FS_READ_DIR, .parent = c->root };

	if (c->files == CONFINE_NONE) return 1;
	if (c->files == CONFINE_DROP) p.allowed = FS_READ_FILE;
	if (c->files != CONFINE_READ)
		p.allowed |= FS_WRITE_FILE | FS_MAKE_DIR | FS_MAKE_REG | FS_TRUNCATE;
	/* To rename a symbolic link takes the right to make one. */
	if (c->files == CONFINE_WRITE)
		p.allowed |= FS_REMOVE_DIR | FS_REMOVE_FILE | FS_REFER | FS_MAKE_SYM;
	p.allowed &= known;
	return syscall(SYS_landlock_add_rule, set, RULE_PATH, &p, 0) == 0;
}

static int
allow_ports(int set, struct confinement const *c, uint64_t known)
{
	struct port_rule p = { .allowed = NET_BIND, .port = c->ports_lo };

	if (!c->listens || !(known & NET_BIND)) return 1;
	for (; p.port <= c->ports_hi; p.port++)
		if (syscall(SYS_landlock_add_rule, set, RULE_PORT, &p, 0) == -1) return 0;
	return 1;
}

int
landlock_apply(struct confinement const *c)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, GET_VERSION);
	struct ruleset r;
	size_t size;
	int ok;
	int set;

	/* EPERM: a container's filter that does not know the call. */
	if (abi == -1) return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM ? 0 : -1;
	size = handled(&r, abi, c);
	set = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0);
	if (set == -1) return -1;
	ok = allow_tree(set, c, r.fs) && allow_ports(set, c, r.net)
	    && syscall(SYS_landlock_restrict_self, set, 0) == 0;
	fd_close(set);
	return ok ? 1 : -1;
}
