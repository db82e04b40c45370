/* TYPE, STRU, MODE, REST, ALLO: RFC 959 4.1.2, RFC 3659 5. */

#include <limits.h>
#include <string.h>
#include <strings.h>

#include <skalibs/types.h>

#include "ftp/handlers.h"
#include "ftp/replies.h"
#include "ftp/room.h"
#include "ftp/session.h"

/* All of s as a number below 2^63. */
static int
scan63(char const *s, uint64_t *u)
{
	return uint640_scan(s, u) && *u <= INT64_MAX;
}

/* "A", "A N", "AN", "I", "L 8", "L8": printers send them in every spelling. */
struct reply const *
ftp_type(struct session *s, char *arg)
{
	char const *form = arg + 1 + (arg[1] == ' ');

	switch (arg[0]) {
	case 'A':
	case 'a':
		if (*form && strcasecmp(form, "N") != 0) return &r_bad_type;
		s->state |= S_ASCII;
		return &r_type_a;
	case 'I':
	case 'i':
		if (*form) return &r_bad_type;
		break;
	case 'L':
	case 'l':
		if (strcmp(form, "8") != 0) return &r_bad_type;
		break;
	default: return &r_bad_type;
	}
	s->state &= ~(unsigned int)S_ASCII;
	/* Clients say TYPE I between REST and the transfer; another type ends it. */
	s->state |= s->before & S_REST;
	return &r_type_i;
}

/* One letter: the one we have, one of the others of the RFC, or nonsense. */
static struct reply const *
letter(char const *arg, char const *known, struct reply const *yes, struct reply const *no)
{
	if (arg[1] || !strchr(known, arg[0] & ~0x20)) return &r_bad_argument;
	return (arg[0] & ~0x20) == known[0] ? yes : no;
}

struct reply const *
ftp_stru(struct session *s, char *arg)
{
	(void)s;
	return letter(arg, "FRP", &r_stru_ok, &r_bad_stru);
}

struct reply const *
ftp_mode(struct session *s, char *arg)
{
	(void)s;
	return letter(arg, "SBCZ", &r_mode_ok, &r_bad_mode);
}

struct reply const *
ftp_rest(struct session *s, char *arg)
{
	char fmt[UINT64_FMT];
	uint64_t n;

	if (!scan63(arg, &n)) return &r_bad_offset;
	if (n && (s->state & S_ASCII) && s->policy[FTP_ASCII].number) return &r_rest_type;
	s->rest = n;
	s->state |= S_REST;
	fmt[uint64_fmt(fmt, n)] = 0;
	return reply_fill(&s->said, s->text, &r_restart, fmt);
}

/* n, or "n R m", where m is a record size that nobody uses. */
static int
scan_allo(char *arg, uint64_t *n)
{
	char *end = arg + strspn(arg, "0123456789");
	uint64_t record;

	if (*end) {
		if (strncasecmp(end, " R ", 3) != 0 || !scan63(end + 3, &record)) return 0;
		*end = 0;
	}
	return scan63(arg, n);
}

/* Never 202: there are cameras that hang up on it. */
struct reply const *
ftp_allo(struct session *s, char *arg)
{
	uint64_t most = s->policy[FTP_MAXFILE].number;
	uint64_t n;

	if (!scan_allo(arg, &n)) return &r_bad_argument;
	if (most && n > most) return &r_want_space;
	if (n > room_here(s)) return &r_want_space;
	s->allo = n;
	return &r_ok;
}
