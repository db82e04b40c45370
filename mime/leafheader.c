/* The fields that describe a leaf: RFC 2045, RFC 2183, RFC 2392, RFC 7578. */

#include <stdio.h>
#include <string.h>

#include "mime/pack.h"

/* The last component of the name, or of the path: empty where there is none. */
static void
file_name(char *out, struct mime_leaf const *l, int form)
{
	*out = 0;
	if (l->name && !form)
		mime_compose_filename(out, l->name);
	else if (mime_source_descriptor(l->source.path) == -1)
		mime_compose_filename(out, l->source.path);
}

int
mime_leaf_cid(char *out, struct mime_leaf const *l)
{
	size_t i;

	*out = 0;
	if (l->cid) {
		memcpy(out, l->cid, strlen(l->cid) + 1);
		return 1;
	}
	if (l->role != MIME_ROLE_IMAGE) return 0;
	file_name(out, l, 0);
	for (i = 0; out[i]; i++) {
		char c = out[i];

		if (c <= ' ' || c >= 127 || strchr("\"#%&'()*/:;<>?@[\\]^`{|}", c)) out[i] = '_';
	}
	return *out != 0;
}

/* The name of an encoding in the field. */
static char const *
encoding(enum mime_cte cte)
{
	if (cte == MIME_CTE_B64) return "base64";
	return cte == MIME_CTE_QP ? "quoted-printable" : mime_cte_name(cte);
}

static void
field(struct mime_pack *k, size_t n)
{
	mime_pack_write(k, k->composed, n);
}

/* RFC 7578 4.2: the name of the field, which -n gives. */
static void
form_field(struct mime_pack *k, struct mime_leaf const *l)
{
	char name[MIME_PACK_NAME + 1];

	if (l->name)
		mime_compose_filename(name, l->name);
	else
		(void)snprintf(name, sizeof name, "%s",
		    l->role == MIME_ROLE_TEXT       ? "text"
		        : l->role == MIME_ROLE_HTML ? "html"
		                                    : "file");
	mime_pack_put(k, "form-data");
	field(k, mime_compose_name(k->composed, name, k->utf8));
}

static void
disposition(struct mime_pack *k, struct mime_leaf const *l)
{
	char name[MIME_PACK_NAME + 1] = "";
	char size[40];
	int form = k->kind && strcmp(k->kind, "form-data") == 0;

	if (l->role >= MIME_ROLE_TEXT && !form) return;
	mime_pack_put(k, "Content-Disposition: ");
	if (form)
		form_field(k, l);
	else
		mime_pack_put(k, l->shown ? "inline" : "attachment");
	if (l->role < MIME_ROLE_TEXT) file_name(name, l, form);
	if (*name) field(k, mime_compose_disposition(k->composed, name, k->utf8));
	if (l->source.bounded && l->role < MIME_ROLE_TEXT) {
		(void)snprintf(
		    size, sizeof size, ";\n size=%llu", (unsigned long long)l->source.size);
		mime_pack_put(k, size);
	}
	mime_pack_put(k, "\n");
}

/* The type as it was given, its parameters folded, and the charset. */
static void
type(struct mime_pack *k, struct mime_leaf const *l)
{
	char value[MIME_VALUE];
	int n = snprintf(value, sizeof value, "%s%s%s", l->plan.type,
	    l->plan.charset ? "; charset=" : "", l->plan.charset ? l->plan.charset : "");
	char name[MIME_PACK_NAME + 1] = "";

	if (n > 0) field(k, mime_compose_text(k->composed, "Content-Type", value, k->utf8) - 1);
	if (l->role < MIME_ROLE_TEXT) file_name(name, l, 0);
	if (*name) field(k, mime_compose_name(k->composed, name, k->utf8));
	mime_pack_put(k, "\n");
}

void
mime_leaf_header(struct mime_pack *k, struct mime_leaf const *l)
{
	char id[MIME_PACK_NAME + 1];

	if (l->role == MIME_ROLE_READY) return;
	type(k, l);
	mime_pack_put(k, "Content-Transfer-Encoding: ");
	mime_pack_put(k, encoding(l->plan.cte));
	mime_pack_put(k, "\n");
	disposition(k, l);
	if (mime_leaf_cid(id, l)) {
		mime_pack_put(k, "Content-ID: <");
		mime_pack_put(k, id);
		mime_pack_put(k, ">\n");
	}
	if (l->description)
		field(k,
		    mime_compose_text(k->composed, "Content-Description", l->description, k->utf8));
	mime_pack_put(k, "\n");
}
