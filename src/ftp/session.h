/* session.h - all there is to know of one FTP session. */

#ifndef FTP_SESSION_H
#define FTP_SESSION_H

#include <stdint.h>
#include <sys/types.h>

#include "ftp/afterwards.h"
#include "ftp/control.h"
#include "ftp/data.h"
#include "ftp/digest.h"
#include "ftp/host.h"
#include "ftp/listing.h"
#include "ftp/path.h"
#include "ftp/policies.h"
#include "ftp/receive.h"
#include "ftp/throttle.h"
#include "ftp/transfer.h"
#include "ftp/tree.h"
#include "ftp/upload.h"
#include "lib/monitor.h"
#include "lib/peer.h"
#include "lib/policy.h"
#include "lib/reply.h"
#include "lib/starttls.h"
#include "lib/verb.h"

/* State: bits a verb may need, and bits about the moment. */
enum {
	S_USER = 1 << 0,  /* USER came, PASS has not */
	S_LOGIN = 1 << 1, /* logged in */
	S_RNFR = 1 << 2,  /* from is valid */
	S_REST = 1 << 3,  /* rest is valid */
	S_TRANSIENT = S_RNFR | S_REST,
	S_READ = 1 << 4,   /* policy: what is there may be seen */
	S_WRITE = 1 << 5,  /* policy: new files and directories */
	S_CHANGE = 1 << 6, /* policy: what is there may be changed */
	S_DELETE = 1 << 7,
	S_RENAME = 1 << 8,
	S_CHMOD = 1 << 9,
	S_ACTIVE = 1 << 10,   /* policy: PORT and EPRT */
	S_EPSV_ALL = 1 << 11, /* RFC 2428 4 */
	S_ASCII = 1 << 12,    /* TYPE A is in effect */
	S_BUSY = 1 << 13,     /* a transfer waits or runs */
	S_ABORT = 1 << 14,    /* ABOR came while busy */
	S_QUIT = 1 << 15,     /* QUIT came; the last reply is 221 */
	S_GONE = 1 << 16,     /* the control connection has ended */
	S_APPEND = 1 << 17,   /* policy: what is there may be added to; REST and STOR */
	S_HANDED = 1 << 18,   /* it is another process' now */
	S_TLS = 1 << 19,      /* the control connection is private: RFC 4217 */
	S_PBSZ = 1 << 20,     /* PBSZ came since */
	S_PRIVATE = 1 << 21,  /* PROT P: so are data connections */
	S_HASHING = 1 << 23,  /* busy with a checksum, without a data connection */
	S_SHA256 = 1 << 24,   /* policy: checksums, a bit for each enum digest_kind */
	S_SHA512 = 1 << 25,
	S_SHA1 = 1 << 26,
	S_MD5 = 1 << 27,
	S_CRC32 = 1 << 28,
	S_HASH = 1 << 29, /* at least one of them */
	S_CHECKSUMS = S_SHA256 | S_SHA512 | S_SHA1 | S_MD5 | S_CRC32 | S_HASH,
	S_POLICY = S_READ | S_WRITE | S_CHANGE | S_DELETE | S_RENAME | S_CHMOD | S_ACTIVE | S_APPEND
	    | S_CHECKSUMS
};

/* Rules of a verb's row besides those of lib/verb.h. */
enum {
	KEEPS_REST = 256,
	KEEPS_RNFR = 512,
	CLEAR = 1024 /* obeyed without TLS where FTP_TLS requires it */
};

enum {
	SESSION_ERRORS_BEFORE = 10, /* bad commands before login */
	SESSION_ERRORS_AFTER = 50,  /* and after */
	SESSION_FAILURES = 3,       /* refused logins */
	SESSION_TOLD = 100,         /* lines of the log before login that a client may cause */
	SESSION_USER = 65,
	SESSION_ASKED = 512, /* what a checker takes is shorter */
	SESSION_GROUPS = 64,
	SESSION_TEXT = 2 * PATH_SPACE + 512,
	SESSION_BLOCK = 262144,
	SESSION_LINES = 262144
};

enum session_mode { MODE_RO, MODE_RW, MODE_DROP, MODE_WORM, MODE_APPEND };

/* What the session has done, for the log. */
struct totals {
	uint64_t commands;
	uint64_t gets; /* complete */
	uint64_t puts;
	uint64_t sent; /* bytes, over data connections */
	uint64_t received;
};

/*
 * Memory counts when it is touched, page by page: what an idle session uses comes
 * first and close together, long arrays come last, and struct control ends with
 * arrays of its own.
 */
struct session {
	/* from start to end */
	struct peer peer;
	struct policy_value policy[POLICY_COUNT];
	struct tree tree;
	struct monitor monitor;
	struct starttls tls;
	int monitored;              /* there is a monitor */
	unsigned int tag;           /* of the last private data connection */
	int second;                 /* the second stage: after a login */
	int guest;                  /* with second: one without a password, see FTP_HOSTS */
	int hosted;                 /* FTP_HOSTS: host is valid */
	char const *root;           /* of the command line; in the second stage, what it serves */
	uint64_t id;                /* what the first stage calls the session in the log */
	char const *const *program; /* run on each upload, or NULL */
	enum session_mode mode;
	uid_t uid; /* effective, at the start */
	int group_count;

	/* the control connection */
	unsigned int state;
	unsigned int before; /* the state when this command came */
	unsigned int errors;
	unsigned int failures;
	unsigned int told; /* before login: lines of the log about what was said */
	tain login_by;
	unsigned int spent; /* seconds of the session before this stage of it */
	tain began;
	tain ends;        /* valid with FTP_MAXTIME */
	char const *verb; /* of the command that is obeyed, or NULL */
	struct totals totals;
	struct throttle up; /* FTP_RATE_UP and FTP_RATE_DOWN: begun with the first transfer */
	struct throttle down;
	struct reply said;
	struct afterwards afterwards;

	/* the login */
	mode_t mask;
	unsigned int idle;       /* seconds */
	unsigned int facts;      /* FACT_ bits */
	enum digest_kind hash;   /* OPTS HASH; valid with S_HASH */
	char user[SESSION_USER]; /* safe to show; "" before USER */

	struct control control;
	char asked[SESSION_ASKED];    /* the same byte for byte, or "" if too long */
	gid_t groups[SESSION_GROUPS]; /* group_count of them */
	char cwd[PATH_SPACE];         /* absolute, normalised */

	/* one command and those it prepares */
	uint64_t rest; /* REST; valid with S_REST */
	uint64_t allo; /* ALLO for the next upload, or 0 */
	struct data data;
	struct transfer transfer;
	struct upload upload;
	struct receiver receiver;
	char receipt[DIGEST_HEX]; /* FTP_DIGEST: that of the last upload, or "" */
	unsigned int owed;        /* answers of the monitor nobody waits for any more */
	int file;                 /* the file being sent, or -1 */
	size_t lines_at;          /* of lines: sent so far */
	size_t lines_len;
	int carry; /* ASCII conversion: the last byte was a CR */
	uint64_t offset;

	char text[SESSION_TEXT];    /* the text of said */
	char path[PATH_SPACE];      /* absolute, normalised */
	char from[PATH_SPACE];      /* RNFR; valid with S_RNFR */
	char server[STARTTLS_NAME]; /* what tls.server is */
	char host[HOST_SPACE];      /* the chosen one, as host_fold has it; valid with hosted */
	struct listing listing;
	struct digest digest;
	struct monitor_message message;
	_Alignas(uint64_t) char block[SESSION_BLOCK];
	char lines[SESSION_LINES];
};

#endif
