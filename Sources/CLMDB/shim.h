#ifndef HANJIANG_CLMDB_SHIM_H
#define HANJIANG_CLMDB_SHIM_H

/* The system's types are Swift's own Glibc module's, and whoever imports Glibc may use them beside ours. */
#pragma clang module import SwiftGlibc

#include <lmdb.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of an open file, or -1. Here and not in Swift, where a file that imports this module cannot name struct stat. */
static inline int64_t hj_file_byte_count(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 ? (int64_t)status.st_size : -1;
}

/* Pages of a part of an open file that are in memory, whether mapped or not; or -1 where nobody says: Linux before 6.5, or
 * a filter of system calls. By its number, the same on every machine, as older headers have no name for it (cachestat). */
static inline int64_t hj_cached_page_count(int descriptor, uint64_t offset, uint64_t byte_count) {
    struct {
        uint64_t offset, byte_count;
    } range = {offset, byte_count};
    struct {
        uint64_t cached, dirty, written_back, evicted, recently_evicted;
    } found = {0, 0, 0, 0, 0};
    return syscall(451L, descriptor, &range, &found, 0) == 0 ? (int64_t)found.cached : -1;
}

/* LMDB calls this before it aborts: the file's inner structure is not what it should be. */
static void hj_lmdb_assertion(MDB_env *env, const char *text) {
    static const char hint[] =
        "\nhanjiang: the data file is damaged inside; stop, keep a copy of it, and restore from a backup"
        " (idctl verify-db shows what can still be read)"
        "\nhanjiang: \xe6\x95\xb0\xe6\x8d\xae\xe6\x96\x87\xe4\xbb\xb6\xe5\x86\x85\xe9\x83\xa8\xe5\xb7\xb2"
        "\xe6\x8d\x9f\xe5\x9d\x8f\xef\xbc\x9b\xe8\xaf\xb7\xe5\x85\x88\xe5\xa4\x87\xe4\xbb\xbd\xe8\xaf\xa5"
        "\xe6\x96\x87\xe4\xbb\xb6\xef\xbc\x8c\xe5\x86\x8d\xe4\xbb\x8e\xe5\xa4\x87\xe4\xbb\xbd\xe6\x81\xa2"
        "\xe5\xa4\x8d\xe3\x80\x82\n";
    (void)env;
    ssize_t written = write(2, text, strlen(text));
    written = write(2, hint, sizeof hint - 1);
    (void)written;
}

static inline int hj_lmdb_report_assertions(MDB_env *env) { return mdb_env_set_assert(env, hj_lmdb_assertion); }

/* When its meta page could not be written, LMDB 0.9 sets MDB_FATAL_ERROR and from then on refuses even to read, though
 * all that was committed can be read as before. This takes the flag away; the caller sees to it that nobody writes any
 * more. The flag stands behind the three descriptors with which the environment begins; it is taken away only where
 * these fields are what LMDB itself says of them. Returns whether reading is possible. */
static inline int hj_lmdb_keep_reading(MDB_env *env) {
    const uint32_t fatal = 0x80000000u, active = 0x20000000u;
    const uint32_t told = MDB_NOSYNC | MDB_NOMETASYNC | MDB_MAPASYNC | MDB_NOMEMINIT | MDB_FIXEDMAP | MDB_NOSUBDIR |
                          MDB_RDONLY | MDB_WRITEMAP | MDB_NOTLS | MDB_NOLOCK | MDB_NORDAHEAD;
    struct {
        int data, lock, meta;
        uint32_t flags;
    } *head = (void *)env;
    int major = 0, minor = 0, patch = 0, data = -1;
    unsigned int flags = 0;
    mdb_version(&major, &minor, &patch);
    if (major != 0 || minor != 9 || mdb_env_get_fd(env, &data) != 0 || mdb_env_get_flags(env, &flags) != 0) return 0;
    uint32_t found = __atomic_load_n(&head->flags, __ATOMIC_ACQUIRE);
    if (head->data != data || (found & told) != flags || (found & active) == 0) return 0;
    __atomic_fetch_and(&head->flags, ~fatal, __ATOMIC_ACQ_REL);
    return 1;
}

/* Where the data file is mapped; a fault in there means that its bytes could not be read. */
static inline volatile uintptr_t *hj_map_range(void) {
    static volatile uintptr_t range[2];
    return range;
}

static void hj_map_fault(int number, siginfo_t *info, void *context) {
    static const char text[] =
        "hanjiang: the data file is damaged: a part of it cannot be read (disk error, or the file was made shorter);"
        " check the disk, then restore from a backup\n"
        "hanjiang: \xe6\x95\xb0\xe6\x8d\xae\xe6\x96\x87\xe4\xbb\xb6\xe5\xb7\xb2\xe6\x8d\x9f\xe5\x9d\x8f\xef\xbc\x9a"
        "\xe9\x83\xa8\xe5\x88\x86\xe5\x86\x85\xe5\xae\xb9\xe6\x97\xa0\xe6\xb3\x95\xe8\xaf\xbb\xe5\x8f\x96\xef\xbc\x9b"
        "\xe8\xaf\xb7\xe6\xa3\x80\xe6\x9f\xa5\xe7\xa3\x81\xe7\x9b\x98\xef\xbc\x8c\xe7\x84\xb6\xe5\x90\x8e\xe4\xbb\x8e"
        "\xe5\xa4\x87\xe4\xbb\xbd\xe6\x81\xa2\xe5\xa4\x8d\xe3\x80\x82\n";
    uintptr_t address = (uintptr_t)info->si_addr;
    (void)context;
    if (address >= hj_map_range()[0] && address < hj_map_range()[1]) {
        ssize_t written = write(2, text, sizeof text - 1);
        (void)written;
        _exit(1);
    }
    /* Not ours: the instruction runs again and ends the process as it would have without us. */
    signal(number, SIG_DFL);
}

static inline int hj_map_install(uintptr_t begin, uintptr_t size) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    hj_map_range()[0] = begin;
    hj_map_range()[1] = begin + size;
    action.sa_sigaction = hj_map_fault;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGBUS, &action, NULL) != 0) return -1;
    return sigaction(SIGSEGV, &action, NULL);
}

/* The index of hints (StorageLMDB/Hints/HintTable.swift): what Swift has no word for. Each is one instruction. */
static inline void hj_hint_prefetch(const void *place) { __builtin_prefetch(place, 0, 3); }
static inline uint64_t hj_hint_load(const void *place) {
    return __atomic_load_n((const uint64_t *)place, __ATOMIC_ACQUIRE);
}
static inline void hj_hint_store(void *place, uint64_t word) {
    __atomic_store_n((uint64_t *)place, word, __ATOMIC_RELEASE);
}
static inline void hj_hint_fence(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
/* Between copying and checking: the check reads the copy, not what was copied. */
static inline void hj_hint_copied(void) { __asm__ volatile("" ::: "memory"); }
#endif
