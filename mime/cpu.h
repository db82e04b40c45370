/* cpu.h - which vector instructions the codecs use. */

#ifndef MIME_CPU_H
#define MIME_CPU_H

#include <stdint.h>

/*
 * Of one architecture only some exist: sse2, which needs no asking, ssse3, avx2 and avx512
 * on x86-64, neon on AArch64. In ascending order of what they are worth.
 */
enum mime_cpu {
	MIME_CPU_UNKNOWN, /* not asked yet */
	MIME_CPU_SCALAR,
	MIME_CPU_SSE2, /* for base64; else as scalar, and likewise ssse3 */
	MIME_CPU_SSSE3,
	MIME_CPU_AVX2,   /* with BMI1 and POPCNT */
	MIME_CPU_AVX512, /* F, BW, VL, VBMI and VBMI2, with BMI2 */
	MIME_CPU_NEON
};

/* Bytes of input below which the question costs more than the answer saves. */
#define MIME_CPU_WORTH 131072

/*
 * The best this machine has. On x86 it executes CPUID, which in a virtual
 * machine traps and takes tens of microseconds: call it once, and not before
 * an input is long enough to be worth it.
 */
extern enum mime_cpu mime_cpu_find(void);

/*
 * *known, found out now if it is not known yet and the input, bytes so far, is
 * long enough. NULL is never asked for: MIME_CPU_SCALAR.
 */
extern enum mime_cpu mime_cpu_for(enum mime_cpu *known, uint64_t bytes);

/* The one called scalar, sse2 and so on; MIME_CPU_UNKNOWN if it is none of these. */
extern enum mime_cpu mime_cpu_named(char const *name);

/* Whether this machine has it. Executes CPUID. */
extern int mime_cpu_has(enum mime_cpu cpu);

#endif
