/* sending.h - one message, one server: all that smtp-send knows. */

#ifndef SMTP_SENDING_H
#define SMTP_SENDING_H

#include "lib/starttls.h"
#include "smtp/addressee.h"
#include "smtp/client.h"
#include "smtp/credentials.h"
#include "smtp/letter.h"
#include "smtp/offer.h"
#include "smtp/request.h"

struct sending {
	struct request request;
	struct credentials credentials; /* until they have been said */
	struct letter letter;
	struct client client;
	struct starttls tls; /* what begins it, and whether it is on */
	struct offer offer;
	char const *phase; /* what was last asked for, for those who read reports */
	int open;          /* the connection can still be used */
	int absurd;        /* RCPT was accepted behind a refused MAIL */
	struct addressees to;
};

/*
 * An answer that ends it for all without an outcome yet: o, or if that is NULL
 * what became of the connection. It is not used again, but for QUIT after an
 * answer other than 421. Returns 0.
 */
extern int sending_fail(struct sending *s, struct outcome const *o);

/* The same with an outcome of our own. */
extern int sending_give_up(struct sending *s, struct fate const *f, char const *more);

/*
 * To be called before something is asked while no answer is owed; phase is what.
 * 1, or 0 if one has come all the same: every answer after it would be taken for
 * the next command's. The connection is not used again then, and all are told.
 */
extern int sending_in_step(struct sending *s, char const *phase);

/* A refusal: o if it is one, else in space that the answer makes no sense here. */
extern struct outcome const *sending_sense(
    struct sending *s, struct outcome const *o, struct outcome *space);

/* Greeting, EHLO or HELO (LHLO): RFC 5321 3.1, 4.1.1.1, RFC 2033. 0: all have their outcome. */
extern int sending_open(struct sending *s);

/*
 * EHLO, HELO or LHLO once more, all that was offered before being forgotten. 0: all
 * have their outcome.
 */
extern int sending_hello(struct sending *s);

/* STARTTLS, where -s has it so: RFC 3207. 0: all have their outcome. */
extern int sending_secure(struct sending *s);

/* AUTH, where it was asked for: RFC 4954. 0: all have their outcome. */
extern int sending_login(struct sending *s);

/* One transaction for those who wait: RFC 5321 3.3. Whoever got a final answer is settled. */
extern void sending_transact(struct sending *s);

/*
 * The message after 354, or in chunks: those accepted get their outcome. 0 if
 * the server still waits for more of it, and RSET must end the transaction.
 */
extern int sending_data(struct sending *s, int chunked);

/* QUIT, whose answer changes nothing: RFC 5321 4.1.1.10. */
extern void sending_close(struct sending *s);

#endif
