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

int
verify(char const *password, char const *hash)
{
	struct crypt_data data = { .initialized = 0 };
	char const *got = crypt_r(password, hash, &data);
	/* "*0" is no hash but a failure. */
	int ok = got && got[0] != '*' && same(got, hash);

	explicit_bzero(&data, sizeof data);
	return ok;
}
