/* Session tickets: RFC 5077, RFC 8446 4.6.1. */

#include <tls.h>

#include "tls/ticket.h"

enum { MAKES = 1 };

typedef int ticket_key(SSL *, unsigned char *, unsigned char *, EVP_CIPHER_CTX *, HMAC_CTX *, int);

/* libtls' own; all contexts of a process have the same. */
static ticket_key *theirs;

/* Of the certificate that a client gets who names none: what all connections begin with. */
static SSL_CTX *first;

static int
ours(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher, HMAC_CTX *hmac,
    int makes)
{
	int r = theirs(ssl, name, iv, cipher, hmac, makes);

	return makes == MAKES && r == 0 ? 1 : r;
}

/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
long
__wrap_SSL_CTX_callback_ctrl(SSL_CTX *ctx, int what, void (*call)(void))
{
	if (what != SSL_CTRL_SET_TLSEXT_TICKET_KEY_CB)
		return __real_SSL_CTX_callback_ctrl(ctx, what, call);
	theirs = (ticket_key *)call;
	if (!first) first = ctx;
	return __real_SSL_CTX_callback_ctrl(ctx, what, (void (*)(void))ours);
}

void
ticket_none(void)
{
	if (first) (void)SSL_CTX_set_num_tickets(first, 0);
}
