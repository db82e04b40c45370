/* Their names. */

#include <string.h>
#include <strings.h>

#include "smtp/mechanism.h"

char const *const mechanism_names[MECHANISMS] = {
	[MECHANISM_PLAIN] = "PLAIN", [MECHANISM_LOGIN] = "LOGIN", [MECHANISM_XOAUTH2] = "XOAUTH2"
};

enum mechanism
mechanism_find(char const *name, size_t n)
{
	unsigned int i;

	for (i = 0; i < MECHANISMS; i++)
		if (strlen(mechanism_names[i]) == n
		    && strncasecmp(mechanism_names[i], name, n) == 0)
			break;
	return (enum mechanism)i;
}
