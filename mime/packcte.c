/* Transfer encodings: which one carries a leaf. RFC 2045 section 6, RFC 6152, RFC 3030. */

#include <skalibs/strerr.h>

#include "mime/pack.h"

int
mime_leaf_fits(struct mime_survey const *v, enum mime_cte cte)
{
	if (cte == MIME_CTE_7BIT) return mime_survey_7bit(v);
	if (cte == MIME_CTE_8BIT) return !v->nul && !v->cr && v->longest <= MIME_LINE_MAX;
	/* With the LF before a delimiter a last CR would be taken for its line end. */
	return v->last != '\r';
}

/* The first of 7bit, 8bit and binary that the transport carries and the bytes fit, else unknown. */
static enum mime_cte
identity(struct mime_pack const *k, struct mime_survey const *v)
{
	static enum mime_cte const order[] = { MIME_CTE_7BIT, MIME_CTE_8BIT, MIME_CTE_BINARY };
	size_t i;

	for (i = 0; i < 3 && order[i] <= k->transport; i++)
		if (mime_leaf_fits(v, order[i])) return order[i];
	return MIME_CTE_UNKNOWN;
}

/* The bytes of the body in this encoding. */
static uint64_t
encoded_size(struct mime_pack *k, struct mime_leaf *l, enum mime_cte cte)
{
	l->plan.cte = cte;
	return mime_leaf_size(k, l);
}

static enum mime_cte
shorter(struct mime_pack *k, struct mime_leaf *l, struct mime_survey const *v)
{
	enum mime_shorter known = k->out.crlf ? MIME_SHORTER_UNKNOWN : mime_survey_shorter(v);

	if (known == MIME_SHORTER_QP) return MIME_CTE_QP;
	if (known == MIME_SHORTER_B64) return MIME_CTE_B64;
	return encoded_size(k, l, MIME_CTE_QP) <= encoded_size(k, l, MIME_CTE_B64) ? MIME_CTE_QP
	                                                                           : MIME_CTE_B64;
}

/* The line ends of an attachment must come out as they went in. */
static enum mime_cte
text_cte(struct mime_pack *k, struct mime_leaf *l, struct mime_survey const *v)
{
	enum mime_cte cte = identity(k, v);

	if (l->role < MIME_ROLE_TEXT && (v->crlf || v->cr)) return MIME_CTE_B64;
	if (cte != MIME_CTE_UNKNOWN) return cte;
	return shorter(k, l, v);
}

enum mime_cte
mime_leaf_cte(struct mime_pack *k, struct mime_leaf *l, struct mime_survey const *v, int text)
{
	if (l->encoded) {
		if (l->cte <= MIME_CTE_BINARY && (!v->whole || !mime_leaf_fits(v, l->cte)))
			strerr_dief(
			    100, l->source.path, ": cannot be sent as ", mime_cte_name(l->cte));
		return l->cte;
	}
	if (!v->whole) return text ? MIME_CTE_QP : MIME_CTE_B64;
	if (text) return text_cte(k, l, v);
	if (k->transport != MIME_CTE_BINARY || !mime_leaf_fits(v, MIME_CTE_BINARY))
		return MIME_CTE_B64;
	return MIME_CTE_BINARY;
}
