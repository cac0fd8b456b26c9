#ifndef HANJIANG_CXXHASH_SHIM_H
#define HANJIANG_CXXHASH_SHIM_H

/* The system's types are Swift's own Glibc module's, and whoever imports Glibc may use them beside ours. */
#pragma clang module import SwiftGlibc

/* Inlined into the caller: a call through the library costs as much as hashing a short key. */
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The library renames its functions by macros when it is inlined, and Swift does not see such names. */
static inline uint64_t hj_xxh3_64(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }
static inline uint64_t hj_xxh3_64_seeded(const void *bytes, size_t count, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, count, seed);
}
static inline XXH128_hash_t hj_xxh3_128_seeded(const void *bytes, size_t count, uint64_t seed) {
    return XXH3_128bits_withSeed(bytes, count, seed);
}
#endif
