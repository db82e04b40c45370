/* Names of vector instructions, and when they are asked for. */

#include <string.h>

#include "mime/cpu.h"

enum mime_cpu
mime_cpu_named(char const *name)
{
	static char const *const names[] = {
		[MIME_CPU_SCALAR] = "scalar",
		[MIME_CPU_SSE2] = "sse2",
		[MIME_CPU_SSSE3] = "ssse3",
		[MIME_CPU_AVX2] = "avx2",
		[MIME_CPU_AVX512] = "avx512",
		[MIME_CPU_NEON] = "neon",
	};
	unsigned int i;

	for (i = MIME_CPU_SCALAR; i <= MIME_CPU_NEON; i++)
		if (strcmp(name, names[i]) == 0) return (enum mime_cpu)i;
	return MIME_CPU_UNKNOWN;
}

int
mime_cpu_has(enum mime_cpu cpu)
{
	enum mime_cpu best = mime_cpu_find();

	if (cpu == MIME_CPU_SCALAR || cpu == best) return 1;
	return cpu != MIME_CPU_UNKNOWN && cpu < best && best != MIME_CPU_NEON;
}

enum mime_cpu
mime_cpu_for(enum mime_cpu *known, uint64_t bytes)
{
	if (!known) return MIME_CPU_SCALAR;
	if (*known == MIME_CPU_UNKNOWN && bytes > MIME_CPU_WORTH) *known = mime_cpu_find();
	return *known;
}
