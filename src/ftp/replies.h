/* replies.h - everything ftp-session says, in order of code. */

#ifndef FTP_REPLIES_H
#define FTP_REPLIES_H

#include "lib/reply.h"

/* clang-format off */
static struct reply const r_open_ascii = { 150, "Opening ASCII mode data connection" };
static struct reply const r_open_listing = { 150, "Here comes the listing." };
static struct reply const r_open_receive = { 150, "Ok to send data." };
static struct reply const r_open_sized = { 150, "Opening BINARY mode data connection (% bytes)" };
static struct reply const r_open_unique = { 150, "FILE: %" };

static struct reply const r_ok = { 200, "OK." };
static struct reply const r_chmod_ok = { 200, "SITE CHMOD command ok." };
static struct reply const r_csid = { 200, "Name=ftp-session;" };
static struct reply const r_epsv_all_ok = { 200, "EPSV ALL accepted." };
static struct reply const r_eprt_ok = { 200, "EPRT command successful." };
static struct reply const r_hash_chosen = { 200, "%" };
static struct reply const r_idle = { 200, "Idle time is %." };
static struct reply const r_quota = { 200, "%" };
static struct reply const r_mkdir_ok = { 200, "SITE MKDIR command ok." };
static struct reply const r_mlst_opts = { 200, "MLST OPTS%" };
static struct reply const r_mode_ok = { 200, "Mode set to S." };
static struct reply const r_noted = { 200, "Noted." };
static struct reply const r_port_ok = { 200, "PORT command successful." };
static struct reply const r_stru_ok = { 200, "Structure set to F." };
static struct reply const r_symlink_ok = { 200, "SITE SYMLINK command ok." };
static struct reply const r_type_a = { 200, "Type set to A." };
static struct reply const r_type_i = { 200, "Type set to I." };
static struct reply const r_umask = { 200, "%" };
static struct reply const r_utf8 = { 200, "Always in UTF8 mode." };
static struct reply const r_utime_ok = { 200, "SITE UTIME command ok." };
static struct reply const r_no_account = { 202, "Account not needed." };
static struct reply const r_end = { 211, "End" };
static struct reply const r_status_end = { 211, "End of status." };
static struct reply const r_listing_end = { 213, "End of status." };
static struct reply const r_number = { 213, "%" };
static struct reply const r_help = { 214, "%" };
static struct reply const r_help_end = { 214, "Help OK." };
static struct reply const r_site_help_end = { 214, "End." };
static struct reply const r_system = { 215, "UNIX Type: L8" };
static struct reply const r_banner = { 220, "%" };
static struct reply const r_host_ok = { 220, "Host accepted." };
static struct reply const r_rein = { 220, "Service ready for new user." };
static struct reply const r_goodbye = { 221, "Goodbye." };
static struct reply const r_nothing_to_abort = { 225, "No transfer to abort." };
static struct reply const r_aborted_ok = { 226, "Abort successful." };
static struct reply const r_complete = { 226, "Transfer complete." };
static struct reply const r_complete_said = { 226, "%" };
static struct reply const r_complete_unique = { 226, "Transfer complete (unique file name: %)." };
static struct reply const r_passive = { 227, "Entering Passive Mode (%)" };
static struct reply const r_extended = { 229, "Entering Extended Passive Mode (|||%|)" };
static struct reply const r_already = { 230, "Already logged in." };
static struct reply const r_login = { 230, "Login successful." };
static struct reply const r_deleted = { 250, "Deleted." };
static struct reply const r_hash = { 250, "%" };
static struct reply const r_mlst_end = { 250, "End" };
static struct reply const r_removed = { 250, "Removed." };
static struct reply const r_renamed = { 250, "Renamed." };

static struct reply const r_any_password = { 331, "Any password will do." };
static struct reply const r_password = { 331, "Password required." };
static struct reply const r_restart = { 350, "Restart at %." };
static struct reply const r_rnfr_ok = { 350, "Ready for RNTO." };

static struct reply const r_no_login = { 421, "Authentication unavailable." };
static struct reply const r_flood = { 421, "Line without end." };
static struct reply const r_idle_out = { 421, "Idle timeout." };
static struct reply const r_login_out = { 421, "Login timeout." };
static struct reply const r_misconfigured = { 421, "Server misconfigured." };
static struct reply const r_session_out = { 421, "Session time is over." };
static struct reply const r_too_many_errors = { 421, "Too many errors." };
static struct reply const r_too_many_logins = { 421, "Too many login failures." };
static struct reply const r_unavailable = { 421, "Service not available, try later." };
static struct reply const r_no_data = { 425, "Cannot open data connection." };
static struct reply const r_no_mode = { 425, "Use PASV or PORT first." };
static struct reply const r_no_port = { 425, "Cannot open passive port." };
static struct reply const r_no_transport = { 425, "No data connections on this transport." };
static struct reply const r_use_epsv = { 425, "Use EPSV on IPv6." };
static struct reply const r_aborted = { 426, "Transfer aborted." };
static struct reply const r_broken = { 426, "Connection closed; transfer aborted." };
static struct reply const r_stalled = { 426, "Data connection timed out." };
static struct reply const r_busy = { 450, "Busy, try again." };
static struct reply const r_hash_aborted = { 450, "Hash aborted." };
static struct reply const r_later = { 451, "%" };
static struct reply const r_local = { 451, "Local error." };
static struct reply const r_no_restart = { 451, "No restart of uploads here." };
static struct reply const r_shrunk = { 451, "The file became shorter." };
static struct reply const r_no_space = { 452, "No space left." };

static struct reply const r_bad_port = { 500, "Illegal PORT command." };
static struct reply const r_bad_site = { 500, "Unknown SITE command." };
static struct reply const r_long = { 500, "Command line too long." };
static struct reply const r_unknown = { 500, "Unknown command." };
static struct reply const r_bad_argument = { 501, "Syntax error in argument." };
static struct reply const r_bad_date = { 501, "Invalid date." };
static struct reply const r_bad_offset = { 501, "Bad offset." };
static struct reply const r_bad_option = { 501, "Option not understood." };
static struct reply const r_not_a_directory_501 = { 501, "Not a directory." };
static struct reply const r_no_argument = { 501, "No argument allowed." };
static struct reply const r_nul = { 501, "NUL not allowed." };
static struct reply const r_pasv_argument = { 501, "PASV takes no argument." };
static struct reply const r_want_argument = { 501, "Argument required." };
static struct reply const r_no_active = { 502, "Active mode disabled." };
static struct reply const r_no_rein = { 502, "REIN not available after login." };
static struct reply const r_no_tls = { 502, "TLS not available." };
static struct reply const r_not_implemented = { 502, "Command not implemented." };
static struct reply const r_auth_first = { 503, "AUTH first." };
static struct reply const r_epsv_all = { 503, "EPSV ALL in effect." };
static struct reply const r_host_late = { 503, "HOST comes before the login." };
static struct reply const r_pbsz_first = { 503, "PBSZ first." };
static struct reply const r_want_rnfr = { 503, "Send RNFR first." };
static struct reply const r_want_user = { 503, "Send USER first." };
static struct reply const r_bad_fact = { 504, "Unknown fact: %" };
static struct reply const r_bad_hash = { 504, "Unknown algorithm." };
static struct reply const r_bad_host = { 504, "Unknown host." };
static struct reply const r_bad_mode = { 504, "Mode not implemented." };
static struct reply const r_bad_stru = { 504, "Structure not implemented." };
static struct reply const r_bad_type = { 504, "Type not implemented." };
static struct reply const r_no_create_time = { 504, "Create time not supported." };
static struct reply const r_rest_type = { 504, "REST needs TYPE I." };
static struct reply const r_family_1 = { 522, "Network protocol not supported, use (1)" };
static struct reply const r_family_2 = { 522, "Network protocol not supported, use (2)" };
static struct reply const r_use_eprt = { 522, "Use EPRT." };
static struct reply const r_no_change = { 530, "Cannot change user." };
static struct reply const r_incorrect = { 530, "Login incorrect." };
static struct reply const r_want_login = { 530, "Please login with USER and PASS." };
static struct reply const r_not_protected = { 533, "Not protected." };
static struct reply const r_ascii_size = { 550, "SIZE not allowed in ASCII mode." };
static struct reply const r_cross_device = { 550, "Cannot rename across devices." };
static struct reply const r_denied = { 550, "Permission denied." };
static struct reply const r_exists = { 550, "File exists." };
static struct reply const r_is_directory = { 550, "Is a directory." };
static struct reply const r_many_links = { 550, "Too many links." };
static struct reply const r_no_directory = { 550, "No such directory." };
static struct reply const r_no_file = { 550, "No such file." };
static struct reply const r_no_match = { 550, "No files found." };
static struct reply const r_not_directory = { 550, "Not a directory." };
static struct reply const r_not_empty = { 550, "Directory not empty." };
static struct reply const r_not_found = { 550, "No such file or directory." };
static struct reply const r_not_plain = { 550, "Not a plain file." };
static struct reply const r_hash_over = { 552, "File too large for HASH." };
static struct reply const r_over_limit = { 552, "Exceeds size limit." };
static struct reply const r_want_space = { 552, "Not enough space." };
static struct reply const r_bad_name = { 553, "File name not allowed." };
static struct reply const r_hash_plain = { 553, "Not a plain file." };
static struct reply const r_refused = { 553, "%" };
static struct reply const r_taken = { 553, "File exists." };
static struct reply const r_bad_restart = { 554, "Restart offset beyond end of file." };
static struct reply const r_unique_rest = { 554, "No restart of a unique file." };
/* clang-format on */

#endif
