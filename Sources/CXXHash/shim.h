#ifndef HANJIANG_CXXHASH_SHIM_H
#define HANJIANG_CXXHASH_SHIM_H
/* Inlined into the caller: a call through the library costs as much as hashing a short key. */
#define XXH_INLINE_ALL
#include <xxhash.h>
#endif
