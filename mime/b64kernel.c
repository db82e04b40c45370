/* base64 in whole clean lines: which kernel does it. */

#include "mime/b64kernel.h"

struct mime_b64_kernel const *
mime_b64_kernel(enum mime_cpu cpu)
{
	switch (cpu) {
#ifdef __x86_64__
	case MIME_CPU_UNKNOWN:
	case MIME_CPU_SSE2: return &mime_b64_sse2;
	case MIME_CPU_SSSE3: return &mime_b64_ssse3;
	case MIME_CPU_AVX2: return &mime_b64_avx2;
	case MIME_CPU_AVX512: return &mime_b64_avx512;
	case MIME_CPU_NEON:
#elif defined __aarch64__
	case MIME_CPU_NEON: return &mime_b64_neon;
	case MIME_CPU_UNKNOWN:
	case MIME_CPU_SSE2:
	case MIME_CPU_SSSE3:
	case MIME_CPU_AVX2:
	case MIME_CPU_AVX512:
#else
	case MIME_CPU_UNKNOWN:
	case MIME_CPU_SSE2:
	case MIME_CPU_SSSE3:
	case MIME_CPU_AVX2:
	case MIME_CPU_AVX512:
	case MIME_CPU_NEON:
#endif
	case MIME_CPU_SCALAR: break;
	}
	return &mime_b64_scalar;
}
