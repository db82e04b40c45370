/*
 * barecall.h - system calls without the C library: no errno, no thread pointer, no
 * data. For a process whose memory is gone: src/tls/standby.c.
 */

#ifndef TLS_BARECALL_H
#define TLS_BARECALL_H

#include <errno.h>
#include <stdint.h>

/* What stands in front of every function that may run then. */
#define BARE __attribute__((no_sanitize("address", "undefined"), no_stack_protector))

/*
 * The result, or the negative error. ENOSYS for all where BARE_CALLS is 0: machines not
 * known here, and the address sanitizer, which wants its memory and no stack of ours.
 */
#if defined __SANITIZE_ADDRESS__

#define BARE_CALLS 0

#elif defined __x86_64__

#define BARE_CALLS 1

BARE static inline intptr_t
bare_call(uintptr_t number, uintptr_t a, uintptr_t b, uintptr_t c)
{
	intptr_t result;

	__asm__ volatile("syscall"
	                 : "=a"(result)
	                 : "a"(number), "D"(a), "S"(b), "d"(c)
	                 : "rcx", "r11", "memory");
	return result;
}

#elif defined __aarch64__

#define BARE_CALLS 1

BARE static inline intptr_t
bare_call(uintptr_t number, uintptr_t a, uintptr_t b, uintptr_t c)
{
	register uintptr_t x8 __asm__("x8") = number;
	register uintptr_t x0 __asm__("x0") = a;
	register uintptr_t x1 __asm__("x1") = b;
	register uintptr_t x2 __asm__("x2") = c;

	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
	return (intptr_t)x0;
}

#else

#define BARE_CALLS 0

#endif

#if !BARE_CALLS
BARE static inline intptr_t
bare_call(uintptr_t number, uintptr_t a, uintptr_t b, uintptr_t c)
{
	(void)number;
	(void)a;
	(void)b;
	(void)c;
	return -ENOSYS;
}
#endif

#endif
