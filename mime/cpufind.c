/* Which vector instructions there are: CPUID leaves 1 and 7, XCR0. */

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

#include "mime/cpu.h"

#ifdef __x86_64__
/* Bits of XCR0: what the system saves when it changes tasks. */
#define XCR0_YMM 0x06
#define XCR0_ZMM 0xe6

/* In EBX, where the kernels with 256 bits count trailing zeros too, and in ECX of leaf 7. */
#define AVX2 ((unsigned int)bit_AVX2 | bit_BMI)
#define AVX512 ((unsigned int)bit_AVX512F | bit_AVX512BW | bit_AVX512VL | bit_BMI2)
#define AVX512_VBMI ((unsigned int)bit_AVX512VBMI | bit_AVX512VBMI2)

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
	enum mime_cpu plain = MIME_CPU_SSE2;

	__cpuid(0, leaves, b, c, d);
	__cpuid(1, a, b, c, d);
	if (c & bit_SSSE3) plain = MIME_CPU_SSSE3;
	if (leaves < 7 || !(c & bit_OSXSAVE) || !(c & bit_POPCNT)) return plain;
	saved = xcr0();
	if ((saved & XCR0_YMM) != XCR0_YMM) return plain;
	__cpuid_count(7, 0, a, b, c, d);
	if ((saved & XCR0_ZMM) == XCR0_ZMM && (b & AVX512) == AVX512
	    && (c & AVX512_VBMI) == AVX512_VBMI)
		return MIME_CPU_AVX512;
	return (b & AVX2) == AVX2 ? MIME_CPU_AVX2 : plain;
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
