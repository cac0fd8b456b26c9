// Gives each input to the target, and ends the run where one takes over 100 ms or over 64 MiB. What is measured is the
// processor time of the thread and the bytes that are allocated and not freed again, neither of which depends on what
// else the machine does.
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The one function of a target, in Swift.
extern void hanjiang_fuzz(const uint8_t *bytes, size_t count);

// Of the sanitizer's runtime.
extern int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void *, size_t), void (*)(const volatile void *));
extern size_t __sanitizer_get_allocated_size(const volatile void *);

static const double seconds_max = 0.1;
static const int64_t byte_count_max = 64 << 20;

static int64_t held, held_most, most_of_all;
static double slowest;
static uint64_t input_count;

static void allocated(const volatile void *address, size_t count) {
    (void)address;
    int64_t now = __atomic_add_fetch(&held, (int64_t)count, __ATOMIC_RELAXED);
    if (now > held_most) held_most = now;
}

static void freed(const volatile void *address) {
    if (address) __atomic_sub_fetch(&held, (int64_t)__sanitizer_get_allocated_size(address), __ATOMIC_RELAXED);
}

// Read by tools/fuzz.
static void report(void) {
    fprintf(stderr, "bounds: %llu inputs, slowest %.1f ms, most memory %.0f KiB\n", (unsigned long long)input_count,
            slowest * 1e3, (double)most_of_all / 1024);
}

int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void)count;
    (void)arguments;
    // What is made once (tables of the runtime, the library's providers, a target's keys) is nobody's input.
    hanjiang_fuzz((const uint8_t *)"", 0);
    if (!__sanitizer_install_malloc_and_free_hooks(allocated, freed)) abort();
    atexit(report);
    return 0;
}

static double processor_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds_of(const uint8_t *bytes, size_t count) {
    // In memory of exactly its size, so that a read behind its end is seen.
    uint8_t *copy = malloc(count);
    if (count && !copy) abort();
    if (count) memcpy(copy, bytes, count);
    double began = processor_seconds();
    held = held_most = 0;
    hanjiang_fuzz(copy, count);
    double took = processor_seconds() - began;
    free(copy);
    return took;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    double took = seconds_of(bytes, count);
    // The first time may have met a page of the disk or another process in the cache.
    for (int again = 0; again < 3 && took > seconds_max; again++) {
        double next = seconds_of(bytes, count);
        if (next < took) took = next;
    }
    input_count++;
    if (took > slowest) slowest = took;
    if (held_most > most_of_all) most_of_all = held_most;
    if (took > seconds_max) {
        fprintf(stderr, "bounds: an input of %zu bytes takes %.1f ms\n", count, took * 1e3);
        abort();
    }
    if (held_most > byte_count_max) {
        fprintf(stderr, "bounds: an input of %zu bytes takes %.1f MiB\n", count, (double)held_most / (1 << 20));
        abort();
    }
    return 0;
}
