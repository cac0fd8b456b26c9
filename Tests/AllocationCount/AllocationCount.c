/* Counts allocations by standing in front of the C library's allocator. The executable's definitions win over the
 * library's for every shared library of the process, the Swift runtime among them. */
#include "AllocationCount.h"

#include <errno.h>
#include <stddef.h>

/* The sanitizers bring an allocator of their own, which must not be stood in front of. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OTHER_ALLOCATOR 1
#endif
#endif

/* initial-exec: reading it must not itself allocate. */
static __thread uint64_t allocation_count __attribute__((tls_model("initial-exec")));

uint64_t allocation_count_of_this_thread(void) { return allocation_count; }

#ifdef HAS_OTHER_ALLOCATOR

int allocations_are_counted(void) { return 0; }

#else

int allocations_are_counted(void) { return 1; }

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
    allocation_count += 1;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    allocation_count += 1;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    allocation_count += 1;
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    allocation_count += 1;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    allocation_count += 1;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    allocation_count += 1;
    *memory = __libc_memalign(alignment, size);
    return *memory == NULL && size != 0 ? ENOMEM : 0;
}

#endif
