/* Decoded bodies to standard output. */

#include "mime/unpack.h"

struct mime_action const mime_action_bodies = {
	.data = &mime_unpack_put,
};
