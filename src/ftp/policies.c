/* All the configuration there is: ftp-session(8), ENVIRONMENT. */

#include <stddef.h>

#include "ftp/policies.h"
#include "lib/checker.h"

/* Bytes a second: what a millisecond's worth of is still counted in 64 bits. */
#define RATE_MOST ((uint64_t)1 << 40)

/* clang-format off */
struct policy const ftp_policies[POLICY_COUNT + 1] = {
	{ "FTP_MODE", POLICY_WORD, NULL, 0, 0, "ro rw drop worm append",
	    "what clients may do (ro; rw after a password; drop if a program is named)" },
	{ "FTP_ANON", POLICY_FLAG, NULL, 0, 1, NULL,
	    "let anonymous and ftp log in (1; 0 with FTP_LOGIN)" },
	{ "FTP_ANON_NOPASS", POLICY_FLAG, "0", 0, 1, NULL, "ask these for no password" },
	{ "FTP_LOGIN", POLICY_TEXT, NULL, 1, CHECKER_TEXT - 1, NULL,
	    "program that checks name and password" },
	{ "FTP_LOG_USER", POLICY_FLAG, "1", 0, 1, NULL, "log the names of failed logins" },
	{ "FTP_BANNER", POLICY_TEXT, "FTP server ready.", 0, 200, NULL, "text of the greeting" },
	{ "FTP_UMASK", POLICY_OCTAL, "022", 0, 0777, NULL, "mode bits new files do not get" },
	{ "FTP_PASV_PORTS", POLICY_PORTS, NULL, 1, 65535, NULL, "ports of passive data connections" },
	{ "FTP_PASV_ADDR", POLICY_ADDRESS, NULL, 0, 0, NULL, "IPv4 address PASV shows" },
	{ "FTP_PASV_ADDR_MAP", POLICY_TEXT, NULL, 1, 4000, NULL,
	    "the same by client: network=address,..." },
	{ "FTP_PASV_OFFSET", POLICY_TEXT, "0", 1, 6, NULL, "added to the passive port shown" },
	{ "FTP_PASV_PEER", POLICY_TEXT, "exact", 1, 4000, NULL,
	    "who may connect to a passive port" },
	{ "FTP_ACTIVE", POLICY_FLAG, "1", 0, 1, NULL, "allow PORT and EPRT" },
	{ "FTP_FXP", POLICY_FLAG, "0", 0, 1, NULL, "let PORT and EPRT name other hosts" },
	{ "FTP_PORT20", POLICY_FLAG, "0", 0, 1, NULL, "connect from the port below our own" },
	{ "FTP_IDLE", POLICY_NUMBER, "300", 1, 86400, NULL, "seconds between commands" },
	{ "FTP_STALL", POLICY_NUMBER, "120", 1, 86400, NULL, "seconds without a byte moving" },
	{ "FTP_ACCEPT", POLICY_NUMBER, "30", 1, 3600, NULL, "seconds for a data connection" },
	{ "FTP_MAXTIME", POLICY_NUMBER, "0", 0, 31536000, NULL,
	    "seconds a session may last, 0: no limit" },
	{ "FTP_RATE_UP", POLICY_SIZE, "0", 0, RATE_MOST, NULL,
	    "bytes a second from a client, 0: no limit" },
	{ "FTP_RATE_DOWN", POLICY_SIZE, "0", 0, RATE_MOST, NULL,
	    "bytes a second to a client, 0: no limit" },
	{ "FTP_LOGIN_TIMEOUT", POLICY_NUMBER, "60", 1, 3600, NULL, "seconds to log in" },
	{ "FTP_MAXFILE", POLICY_SIZE, "0", 0, INT64_MAX, NULL, "largest upload, 0: no limit" },
	{ "FTP_MINFREE", POLICY_SIZE, "0", 0, INT64_MAX, NULL, "bytes uploads leave free" },
	{ "FTP_EOF_WAIT", POLICY_NUMBER, "20", 0, 1000, NULL, "milliseconds a client may take to die" },
	{ "FTP_HIDE", POLICY_TEXT, ".*", 0, 255, NULL, "patterns of names only LIST -a shows" },
	{ "FTP_DENY", POLICY_TEXT, NULL, 1, 1023, NULL, "patterns of names that do not exist" },
	{ "FTP_OVERWRITE", POLICY_WORD, "replace", 0, 0, "replace no rename",
	    "an upload to an existing name" },
	{ "FTP_ATOMIC", POLICY_FLAG, "1", 0, 1, NULL, "show an upload only when it is complete" },
	{ "FTP_PARTIAL", POLICY_WORD, "keep", 0, 0, "keep discard", "what came of a broken upload" },
	{ "FTP_PARTIAL_AGE", POLICY_SECONDS, "7d", 1, 315360000, NULL, "until it is removed" },
	{ "FTP_CLONE_MAX", POLICY_SIZE, "64M", 0, INT64_MAX, NULL, "most that a restart copies" },
	{ "FTP_FSYNC", POLICY_FLAG, "0", 0, 1, NULL, "sync each upload to the disk" },
	{ "FTP_KEEP", POLICY_FLAG, "1", 0, 1, NULL, "store what the program accepts" },
	{ "FTP_DELETE", POLICY_FLAG, "1", 0, 1, NULL, "allow DELE and RMD" },
	{ "FTP_RENAME", POLICY_FLAG, "1", 0, 1, NULL, "allow RNFR and RNTO" },
	{ "FTP_CHMOD", POLICY_FLAG, "1", 0, 1, NULL, "allow SITE CHMOD" },
	{ "FTP_ASCII", POLICY_FLAG, "0", 0, 1, NULL, "let TYPE A convert line ends" },
	{ "FTP_AUTOMKDIR", POLICY_FLAG, "0", 0, 1, NULL, "make the directories of an upload" },
	{ "FTP_HASH", POLICY_SET, NULL, 0, 0, "SHA-256 SHA-512 SHA-1 MD5 CRC32",
	    "checksums HASH and its like give" },
	{ "FTP_HASH_MAX", POLICY_SIZE, "0", 0, INT64_MAX, NULL, "most bytes of one, 0: no limit" },
	{ "FTP_DIGEST", POLICY_FLAG, "0", 0, 1, NULL, "say the SHA-256 of each upload" },
	{ "FTP_CMDS_DENY", POLICY_TEXT, NULL, 1, 1000, NULL, "verbs that are refused" },
	{ "FTP_HOSTNAME", POLICY_TEXT, NULL, 1, 253, NULL, "the name HOST accepts" },
	{ "FTP_LINKS_CREATE", POLICY_FLAG, "0", 0, 1, NULL, "allow SITE SYMLINK" },
	{ "FTP_RMDIR_R", POLICY_FLAG, "0", 0, 1, NULL, "let SITE RMDIR remove what is inside" },
	{ "ARRIVAL_TIMEOUT", POLICY_NUMBER, "300", 1, 86400, NULL, "seconds for the program" },
	{ "CONFINE", POLICY_WORD, "try", 0, 0, "try require", "run without Landlock or seccomp?" },
	{ NULL, POLICY_FLAG, NULL, 0, 0, NULL, NULL },
};
/* clang-format on */
