/*
 * handlers.h - one function per verb, in the order of the table. Each returns
 * its one final reply; NULL means that the reply comes later, with the end of
 * the transfer that is under way.
 */

#ifndef FTP_HANDLERS_H
#define FTP_HANDLERS_H

#include "lib/verb.h"

extern handler ftp_user, ftp_pass, ftp_acct, ftp_rein, ftp_quit; /* login.c */
extern handler ftp_cwd, ftp_cdup, ftp_pwd, ftp_mkd, ftp_rmd;     /* directory.c */
extern handler ftp_type, ftp_stru, ftp_mode, ftp_rest, ftp_allo; /* parameters.c */
extern handler ftp_pasv, ftp_epsv;                               /* passive.c */
extern handler ftp_port, ftp_eprt;                               /* active.c */
extern handler ftp_retr;                                         /* retr.c */
extern handler ftp_stor, ftp_appe, ftp_stou;                     /* stor.c */
extern handler ftp_list, ftp_nlst, ftp_mlsd, ftp_mlst;           /* list.c */
extern handler ftp_dele, ftp_rnfr, ftp_rnto, ftp_size;           /* file.c */
extern handler ftp_mdtm, ftp_mfmt;                               /* mtime.c */
extern handler ftp_mff, ftp_mfct;                                /* mff.c */
extern handler ftp_hash, ftp_md5, ftp_xcrc, ftp_xmd5;            /* hash.c */
extern handler ftp_xsha1, ftp_xsha256, ftp_xsha512;
extern handler ftp_site;                               /* site.c */
extern handler ftp_stat, ftp_abor;                     /* status.c */
extern handler ftp_help, ftp_feat, ftp_opts;           /* help.c, feat.c */
extern handler ftp_syst, ftp_noop, ftp_clnt, ftp_pret; /* words.c */
extern handler ftp_csid, ftp_host, ftp_avbl;
extern handler ftp_auth, ftp_pbsz, ftp_prot, ftp_ccc; /* security.c */
extern handler ftp_none;                              /* refused.c */

/* SITE HELP, also as HELP SITE; the lines of FEAT about SITE. */
extern struct reply const *site_help(struct session *s);
extern void site_features(struct session *s);

/* What SITE has in other modules: mtime.c, symlink.c, directory.c. */
extern handler site_utime, site_symlink, site_mkdir, site_rmdir;

#endif
