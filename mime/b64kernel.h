/* b64kernel.h - base64 in whole clean lines: one kernel for each kind of vector. */

#ifndef MIME_B64KERNEL_H
#define MIME_B64KERNEL_H

#include <stddef.h>

#include "mime/cpu.h"

/* The shortest line that lines takes. */
#define MIME_B64_PITCH 16

/* Bytes that a kernel may write beyond the end of its result. */
#define MIME_B64_SLACK 64

struct mime_b64_kernel {
	/*
	 * Decode count lines of pitch characters each (a multiple of 4, at least
	 * MIME_B64_PITCH), of which one begins every step bytes; what is between
	 * them is not looked at. Stops before the first line that has a
	 * character outside of the alphabet. Returns the number of lines
	 * decoded; each is pitch / 4 * 3 bytes of out. Reads nothing but the lines.
	 */
	size_t (*lines)(char const *in, size_t pitch, size_t step, size_t count, char *out);

	/*
	 * Encode count times 57 bytes to 76 characters and LF, or CRLF if crlf
	 * is 1: count * (77 + crlf) bytes of out. Reads nothing but these bytes.
	 */
	void (*wrap)(char const *in, size_t count, int crlf, char *out);
};

/* What a kernel does with one kind of vector; for MIME_CPU_UNKNOWN what all of its kind have. */
extern struct mime_b64_kernel const *mime_b64_kernel(enum mime_cpu cpu);

/* Close a line of 76 characters. Returns where the next one begins. */
extern char *mime_b64_close(char *line, int crlf);

/* wrap with no vectors. */
extern void mime_b64_wrap(char const *in, size_t count, int crlf, char *out);

/* For mime_b64_kernel; those of other architectures do not exist. */
extern struct mime_b64_kernel const mime_b64_scalar;
extern struct mime_b64_kernel const mime_b64_sse2;
extern struct mime_b64_kernel const mime_b64_ssse3;
extern struct mime_b64_kernel const mime_b64_avx2;
extern struct mime_b64_kernel const mime_b64_avx512;
extern struct mime_b64_kernel const mime_b64_neon;

#endif
