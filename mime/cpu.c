/* Which vector instructions there are: CPUID leaves 1 and 7, XCR0. */

#include <string.h>

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

#include "mime/cpu.h"

#ifdef __x86_64__
/* Bits of XCR0: what the system saves when it changes tasks. */
#define XCR0_YMM 0x06
#define XCR0_ZMM 0xe6

#define AVX512 ((unsigned int)bit_AVX512F | bit_AVX512BW)

__attribute__((target("xsave"))) static unsigned int
xcr0(void)
{
	return (unsigned int)_xgetbv(0);
}

enum mime_cpu
mime_cpu_find(void)
{
	unsigned int a;
	unsigned int b;
	unsigned int c;
	unsigned int d;
	unsigned int leaves;
	unsigned int saved;
	enum mime_cpu plain = MIME_CPU_SCALAR;

	__cpuid(0, leaves, b, c, d);
	__cpuid(1, a, b, c, d);
	if (c & bit_SSSE3) plain = MIME_CPU_SSSE3;
	if (leaves < 7 || !(c & bit_OSXSAVE)) return plain;
	saved = xcr0();
	if ((saved & XCR0_YMM) != XCR0_YMM) return plain;
	__cpuid_count(7, 0, a, b, c, d);
	if ((saved & XCR0_ZMM) == XCR0_ZMM && (b & AVX512) == AVX512 && c & bit_AVX512VBMI)
		return MIME_CPU_AVX512;
	return b & bit_AVX2 ? MIME_CPU_AVX2 : plain;
}
#elif defined __aarch64__
enum mime_cpu
mime_cpu_find(void)
{
	return MIME_CPU_NEON;
}
#else
enum mime_cpu
mime_cpu_find(void)
{
	return MIME_CPU_SCALAR;
}
#endif

enum mime_cpu
mime_cpu_named(char const *name)
{
	static char const *const names[] = {
		[MIME_CPU_SCALAR] = "scalar",
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
