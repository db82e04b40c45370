/* crypt(3), whose own work hides what little we add. */

#include <crypt.h>
#include <string.h>

#include "login/verify.h"

int
verify_usable(char const *hash)
{
	int r = crypt_checksalt(hash);

	return r != CRYPT_SALT_INVALID && r != CRYPT_SALT_METHOD_DISABLED;
}

/* Strings of the same length and content; the time tells only the lengths. */
static int
same(char const *a, char const *b)
{
	size_t n = strlen(a);
	unsigned char differs = 0;
	size_t i;

	if (strlen(b) != n) return 0;
	for (i = 0; i < n; i++) differs |= (unsigned char)(a[i] ^ b[i]);
	return differs == 0;
}

enum verify
verify(char const *password, char const *hash)
{
	static struct crypt_data data;
	char const *got = crypt_r(password, hash, &data);
	enum verify r = VERIFY_WRONG;

	/* "*0" is no hash. errno does not tell which failure it was: tried. */
	if (!got || got[0] == '*')
		r = VERIFY_FAILED;
	else if (same(got, hash))
		r = VERIFY_RIGHT;
	explicit_bzero(&data, sizeof data);
	return r;
}
