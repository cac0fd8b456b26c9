#define _GNU_SOURCE
#include "WriteRecorder.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int events = -1;
static volatile uint64_t *control;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("HANJIANG_RECORDER_EVENTS");
    if (path) events = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    path = getenv("HANJIANG_RECORDER_CONTROL");
    if (!path) return;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void *map = mmap(NULL, HJ_CONTROL_WORD_COUNT * 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (map != MAP_FAILED) control = map;
}

static int is_data_file(int descriptor) {
    static const char name[] = "/hanjiang.lmdb";
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t count = readlink(link, path, sizeof path);
    ssize_t wanted = sizeof name - 1;
    return count >= wanted && memcmp(path + count - wanted, name, wanted) == 0;
}

static int is_synchronous(int descriptor) { return (fcntl(descriptor, F_GETFL) & O_DSYNC) != 0; }

static void append(const void *bytes, size_t count) {
    while (count > 0) {
        ssize_t done = syscall(SYS_write, events, bytes, count);
        if (done <= 0) _exit(3);
        bytes = (const char *)bytes + done;
        count -= (size_t)done;
    }
}

static void record(uint32_t kind, int synchronous, uint64_t offset, const struct iovec *parts, int part_count,
                   size_t byte_count) {
    if (events < 0) return;
    struct hj_event event = {kind, (uint32_t)synchronous, offset, byte_count};
    append(&event, sizeof event);
    for (int part = 0; part < part_count && byte_count > 0; part++) {
        size_t count = parts[part].iov_len < byte_count ? parts[part].iov_len : byte_count;
        append(parts[part].iov_base, count);
        byte_count -= count;
    }
}

/* Counts what is tried on the data file, and says whether it is to fail. */
static int fails(uint64_t fault) {
    if (!control) return 0;
    control[HJ_CONTROL_WRITE_COUNT]++;
    return control[HJ_CONTROL_FAULT] == fault;
}

/* Writes at `offset`, or where the descriptor stands (-1), as LMDB does with several pages at once. */
static ssize_t write_parts(int descriptor, const struct iovec *parts, int part_count, off_t offset) {
    int moves = offset < 0;
    if (!is_data_file(descriptor)) {
        return moves ? syscall(SYS_writev, descriptor, parts, part_count)
                     : syscall(SYS_pwritev, descriptor, parts, part_count, offset, 0);
    }
    int synchronous = is_synchronous(descriptor);
    pthread_mutex_lock(&order);
    if (moves) offset = lseek(descriptor, 0, SEEK_CUR);
    ssize_t done = -1;
    if (fails(synchronous ? HJ_FAULT_SYNCHRONOUS_WRITE : HJ_FAULT_WRITE)) {
        errno = EIO;
    } else {
        done = syscall(SYS_pwritev, descriptor, parts, part_count, offset, 0);
        if (done > 0) record(HJ_EVENT_WRITE, synchronous, (uint64_t)offset, parts, part_count, (size_t)done);
        if (done > 0 && moves) lseek(descriptor, offset + done, SEEK_SET);
    }
    int error = errno;
    pthread_mutex_unlock(&order);
    errno = error;
    return done;
}

ssize_t writev(int descriptor, const struct iovec *parts, int part_count) {
    return write_parts(descriptor, parts, part_count, -1);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int part_count, off_t offset) {
    return write_parts(descriptor, parts, part_count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *parts, int part_count, off64_t offset) {
    return write_parts(descriptor, parts, part_count, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    struct iovec part = {(void *)bytes, count};
    return write_parts(descriptor, &part, 1, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    struct iovec part = {(void *)bytes, count};
    return write_parts(descriptor, &part, 1, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    struct iovec part = {(void *)bytes, count};
    if (descriptor != 3 || events < 0) return write_parts(descriptor, &part, 1, -1);
    pthread_mutex_lock(&order);
    record(HJ_EVENT_NOTE, 0, 0, &part, 1, count);
    pthread_mutex_unlock(&order);
    return (ssize_t)count;
}

static int synchronize(int descriptor, const char *name) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (!is_data_file(descriptor)) return next(descriptor);
    pthread_mutex_lock(&order);
    int result = -1;
    if (fails(HJ_FAULT_SYNC)) {
        errno = EIO;
    } else {
        result = next(descriptor);
        if (result == 0) record(HJ_EVENT_SYNC, 0, 0, NULL, 0, 0);
    }
    int error = errno;
    pthread_mutex_unlock(&order);
    errno = error;
    return result;
}

int fdatasync(int descriptor) { return synchronize(descriptor, "fdatasync"); }

int fsync(int descriptor) { return synchronize(descriptor, "fsync"); }

static int set_length(int descriptor, off_t length) {
    static int (*next)(int, off_t);
    if (!next) next = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate");
    if (!is_data_file(descriptor)) return next(descriptor, length);
    pthread_mutex_lock(&order);
    int result = next(descriptor, length);
    if (result == 0) record(HJ_EVENT_LENGTH, 0, (uint64_t)length, NULL, 0, 0);
    int error = errno;
    pthread_mutex_unlock(&order);
    errno = error;
    return result;
}

int ftruncate(int descriptor, off_t length) { return set_length(descriptor, length); }

int ftruncate64(int descriptor, off64_t length) { return set_length(descriptor, length); }
