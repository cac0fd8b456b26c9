/* A capacity that is known: so many answers a second, and 10 ms worth of them at once (a token bucket). */
#ifndef HANJIANG_ECHO_BUCKET_H
#define HANJIANG_ECHO_BUCKET_H
#include <time.h>

/* With `per_second` 0 it never is empty. */
struct bucket {
    double per_second, held, held_max, at;
};

static inline double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline struct bucket full_bucket(double per_second) {
    double held_max = per_second / 100 > 1 ? per_second / 100 : 1;
    return (struct bucket){per_second, held_max, held_max, per_second > 0 ? seconds_now() : 0};
}

/* Call it before the answers of a batch. */
static inline void fill(struct bucket *bucket) {
    if (bucket->per_second <= 0) return;
    double now = seconds_now(), held = bucket->held + (now - bucket->at) * bucket->per_second;
    bucket->held = held < bucket->held_max ? held : bucket->held_max;
    bucket->at = now;
}

/* Whether another answer may be given. */
static inline int take(struct bucket *bucket) {
    if (bucket->per_second <= 0) return 1;
    if (bucket->held < 1) return 0;
    bucket->held -= 1;
    return 1;
}
#endif
