/* Says on descriptor 2 each time the kind of processor is asked for. */

#include <unistd.h>

#include "mime/cpu.h"

extern enum mime_cpu __real_mime_cpu_find(void);
extern enum mime_cpu __wrap_mime_cpu_find(void);

enum mime_cpu
__wrap_mime_cpu_find(void)
{
	(void)!write(2, "asked\n", 6);
	return __real_mime_cpu_find();
}
