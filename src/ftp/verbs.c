/*
 * The command table. HELP, FEAT and the loop walk it. The order is that of RFC
 * 959, then of the RFCs after it; rows with a feature stand in FEAT's order.
 */

#include <stddef.h>
#include <string.h>

#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

/* What PASV and the like leave as it was, TYPE I too; and what NOOP and STAT do. */
enum { KEEPS = KEEPS_REST, IDLE = KEEPS_REST | KEEPS_RNFR | ANYTIME };

/* clang-format off */
static struct verb const rows[] = {
	/* RFC 959 4.1.1 access control */
	{ "USER", ftp_user, MUST,           0,                   "SP name", NULL },
	{ "PASS", ftp_pass, MAY | SECRET,   0,                   "SP password", NULL },
	{ "ACCT", ftp_acct, MAY | SECRET,   0,                   "SP account", NULL },
	{ "CWD",  ftp_cwd,  MAY,            S_LOGIN,             "[SP path]", NULL },
	{ "CDUP", ftp_cdup, 0,              S_LOGIN,             "", NULL },
	{ "REIN", ftp_rein, 0,              0,                   "", NULL },
	{ "QUIT", ftp_quit, MAY | ANYTIME | CLEAR, 0,            "", NULL },
	/* 4.1.2 transfer parameters */
	{ "PORT", ftp_port, MUST | KEEPS,   S_LOGIN | S_ACTIVE,  "SP h1,h2,h3,h4,p1,p2", NULL },
	{ "PASV", ftp_pasv, MAY | KEEPS,    S_LOGIN,             "", NULL },
	{ "TYPE", ftp_type, MUST,           0,                   "SP A | SP I | SP L 8", NULL },
	{ "STRU", ftp_stru, MUST,           0,                   "SP F", NULL },
	{ "MODE", ftp_mode, MUST,           0,                   "SP S", NULL },
	/* 4.1.3 service */
	{ "RETR", ftp_retr, MUST,           S_LOGIN | S_READ,    "SP path", NULL },
	{ "STOR", ftp_stor, MUST,           S_LOGIN | S_WRITE,   "SP path", NULL },
	{ "STOU", ftp_stou, MAY,            S_LOGIN | S_WRITE,   "[SP path]", NULL },
	{ "APPE", ftp_appe, MUST,           S_LOGIN | S_WRITE,   "SP path", NULL },
	{ "ALLO", ftp_allo, MUST | KEEPS,   S_LOGIN,             "SP bytes [SP R SP bytes]", NULL },
	{ "RNFR", ftp_rnfr, MUST,           S_LOGIN | S_RENAME,  "SP path", NULL },
	{ "RNTO", ftp_rnto, MUST,           S_LOGIN | S_RENAME | S_RNFR, "SP path", NULL },
	{ "ABOR", ftp_abor, MAY | ANYTIME,  S_LOGIN,             "", NULL },
	{ "DELE", ftp_dele, MUST,           S_LOGIN | S_DELETE,  "SP path", NULL },
	{ "RMD",  ftp_rmd,  MUST,           S_LOGIN | S_DELETE,  "SP path", NULL },
	{ "MKD",  ftp_mkd,  MUST,           S_LOGIN | S_WRITE,   "SP path", NULL },
	{ "PWD",  ftp_pwd,  MAY,            S_LOGIN,             "", NULL },
	{ "LIST", ftp_list, MAY,            S_LOGIN,             "[SP options] [SP path]", NULL },
	{ "NLST", ftp_nlst, MAY,            S_LOGIN,             "[SP path]", NULL },
	/* information */
	{ "SYST", ftp_syst, MAY,            0,                   "", NULL },
	{ "STAT", ftp_stat, MAY | IDLE,     0,                   "[SP path]", NULL },
	{ "HELP", ftp_help, MAY | CLEAR,    0,                   "[SP verb]", NULL },
	{ "NOOP", ftp_noop, MAY | IDLE | CLEAR, 0,               "", NULL },
	/* RFC 2228 and 4217 */
	{ "AUTH", ftp_auth, MAY | CLEAR,    0,                   "SP TLS", "AUTH TLS" },
	{ "PBSZ", ftp_pbsz, MUST | CLEAR,   0,                   "SP 0", "PBSZ" },
	{ "PROT", ftp_prot, MUST | CLEAR,   0,                   "SP C | SP P", "PROT" },
	{ "CCC",  ftp_ccc,  MAY | HIDDEN,   S_LOGIN,                 "", NULL },
	/* RFC 2389 */
	{ "FEAT", ftp_feat, MAY | CLEAR,    0,                   "", NULL },
	{ "OPTS", ftp_opts, MUST | KEEPS | CLEAR, 0,             "SP verb [SP option]", "UTF8" },
	/* RFC 3659; and the drafts that modify it */
	{ "MDTM", ftp_mdtm, MUST,           S_LOGIN | S_READ,    "SP path", "MDTM" },
	{ "MFMT", ftp_mfmt, MUST,           S_LOGIN | S_CHANGE,  "SP YYYYMMDDhhmmss SP path", "MFMT" },
	{ "MFF",  ftp_mff,  MUST,           S_LOGIN | S_CHANGE,  "SP fact=value;... SP path", "MFF %" },
	{ "MFCT", ftp_mfct, MAY | HIDDEN,   S_LOGIN,             "SP YYYYMMDDhhmmss SP path", NULL },
	{ "SIZE", ftp_size, MUST | KEEPS,   S_LOGIN | S_READ,    "SP path", "SIZE" },
	{ "REST", ftp_rest, MUST,           S_LOGIN,             "SP bytes", "REST STREAM" },
	{ "MLST", ftp_mlst, MAY,            S_LOGIN | S_READ,    "[SP path]", "MLST %\nTVFS" },
	{ "MLSD", ftp_mlsd, MAY,            S_LOGIN,             "[SP path]", NULL },
	/* RFC 2428 */
	{ "EPRT", ftp_eprt, MUST | KEEPS,   S_LOGIN | S_ACTIVE,  "SP |family|address|port|", "EPRT" },
	{ "EPSV", ftp_epsv, MAY | KEEPS,    S_LOGIN,             "[SP family | SP ALL]", "EPSV" },
	/* checksums: draft-bryan-ftp-hash, and what was before it */
	{ "HASH", ftp_hash, MUST,           S_LOGIN | S_READ | S_HASH, "SP path", "HASH %" },
	{ "XCRC", ftp_xcrc, MUST,           S_LOGIN | S_READ | S_CRC32, "SP path [SP start SP end]", "XCRC" },
	{ "XMD5", ftp_xmd5, MUST,           S_LOGIN | S_READ | S_MD5, "SP path [SP start SP end]", "XMD5" },
	{ "XSHA", ftp_xsha1, MUST,          S_LOGIN | S_READ | S_SHA1, "SP path [SP start SP end]", NULL },
	{ "XSHA1", ftp_xsha1, MUST,         S_LOGIN | S_READ | S_SHA1, "SP path [SP start SP end]", "XSHA1" },
	{ "XSHA256", ftp_xsha256, MUST,     S_LOGIN | S_READ | S_SHA256, "SP path [SP start SP end]", "XSHA256" },
	{ "XSHA512", ftp_xsha512, MUST,     S_LOGIN | S_READ | S_SHA512, "SP path [SP start SP end]", "XSHA512" },
	{ "MD5",  ftp_md5,  MUST,           S_LOGIN | S_READ | S_MD5, "SP path", NULL },
	/* what clients say besides */
	{ "AVBL", ftp_avbl, MAY,            S_LOGIN,             "[SP path]", "AVBL" },
	{ "CLNT", ftp_clnt, MUST,           0,                   "SP name", "CLNT" },
	{ "CSID", ftp_csid, MUST,           0,                   "SP Name=name;...", "CSID" },
	{ "HOST", ftp_host, MUST | CLEAR,   0,                   "SP name", "HOST" },
	{ "PRET", ftp_pret, MUST,           S_LOGIN,             "SP verb [SP path]", NULL },
	{ "SITE", ftp_site, MUST,           S_LOGIN,             "SP command", NULL },
	/* RFC 1123 4.1.3.1: the old names */
	{ "XCWD", ftp_cwd,  MAY,            S_LOGIN,             "[SP path]", NULL },
	{ "XCUP", ftp_cdup, 0,              S_LOGIN,             "", NULL },
	{ "XPWD", ftp_pwd,  MAY,            S_LOGIN,             "", NULL },
	{ "XMKD", ftp_mkd,  MUST,           S_LOGIN | S_WRITE,   "SP path", NULL },
	{ "XRMD", ftp_rmd,  MUST,           S_LOGIN | S_DELETE,  "SP path", NULL },
	{ "P@SW", ftp_pasv, MAY | KEEPS | HIDDEN, S_LOGIN,       "", NULL },
	/* known, and not implemented: 502 and not 500; see below for more */
	{ "LANG", ftp_none, MAY | HIDDEN,   0,                   "", NULL },
	{ NULL,   NULL,     0,              0,                   NULL, NULL },
};

static struct need const needs[] = { /* the first one missing is reported */
	{ S_LOGIN, &r_want_login },
	{ S_ACTIVE, &r_no_active },
	{ S_CHECKSUMS, &r_not_implemented },
	{ S_READ | S_WRITE | S_CHANGE | S_DELETE | S_RENAME, &r_denied },
	{ S_RNFR, &r_want_rnfr },
	{ 0, NULL },
};
/* clang-format on */

/*
 * Known, and not implemented: RFC 2228 security, RFC 959 SMNT, addresses no
 * client sends, drafts, and the obsolete of RFC 737, 743, 751, 765, 775 and 949.
 * One row for all of them: as rows they cost each session a page of memory.
 */
static char const others[] = "ADAT MIC CONF ENC SMNT LPRT LPSV SPSV ESTA ESTP RANG COMB XRSQ XRCP "
                             "XSEM XSEN MAIL MLFL MSND MSOM MSAM MRSQ MRCP RMDA DSIZ THMB";
static struct verb const other = { "other", ftp_none, MAY | HIDDEN, S_LOGIN, "", NULL };

struct verbs const ftp_verbs = {
	.rows = rows,
	.needs = needs,
	.want_argument = &r_want_argument,
	.no_argument = &r_no_argument,
	.others = others,
	.other = &other,
};

/* A verb goes with its other names: MKD with XMKD. */
int
verbs_denied(struct session const *s, struct verb const *row)
{
	char const *list = s->policy[FTP_CMDS_DENY].text;

	while (list && *list) {
		size_t n = strcspn(list, ",");
		struct verb const *denied = verb_find(&ftp_verbs, list, n);

		if (denied && denied->run == row->run) return 1;
		list += n + (list[n] == ',');
	}
	return 0;
}

int
verbs_denial_ok(char const *list)
{
	while (list && *list) {
		size_t n = strcspn(list, ",");

		if (!verb_find(&ftp_verbs, list, n)) return 0;
		list += n + (list[n] == ',');
	}
	return 1;
}

int
verbs_offered(struct session const *s, struct verb const *row)
{
	unsigned int missing = row->needs & (S_CHECKSUMS | S_ACTIVE) & ~s->state;
	int security = row->run == ftp_auth || row->run == ftp_pbsz || row->run == ftp_prot;

	if (security && !s->tls.offered && !(s->state & S_TLS)) return 0;
	return !(row->rules & HIDDEN) && !missing && !verbs_denied(s, row);
}
