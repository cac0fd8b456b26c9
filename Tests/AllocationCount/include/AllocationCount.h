#ifndef HANJIANG_ALLOCATION_COUNT_H
#define HANJIANG_ALLOCATION_COUNT_H
#include <stdint.h>

/* How many times the calling thread has asked for heap memory (malloc, calloc, realloc and the aligned ones) since it
 * started. A test binary that links this target has its allocator's entry points counted; freeing is not counted. */
uint64_t allocation_count_of_this_thread(void);

/* 1 where the count is kept; 0 under a sanitizer, whose allocator may not be replaced. */
int allocations_are_counted(void);

#endif
