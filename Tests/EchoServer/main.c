/* A UDP server that answers every resolution with one recorded value: the least work that a true answer takes, and so
 * the yardstick for what a node costs (performance-rules.md, T1). One thread, recvmmsg and sendmmsg.
 *
 *     echo-server PORT ANSWER_BYTES [CORE [PER_SECOND]]
 *
 * PORT 0 takes a free one; the port is the first line of output. ANSWER_BYTES is the size of the whole datagram, as far
 * as identifier and fixed fields leave room, at most 512. CORE -1 is any. With PER_SECOND the server has a capacity that is
 * known: a token bucket, which holds 10 ms worth; what finds it empty is not answered. Ended by SIGTERM or SIGINT it tells answers and CPU time. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 32, SLOT_BYTES = 2048, ENVELOPE = 20, HEADER = 24, VALUE = 29, DATAGRAM_MAX = 512 };

static volatile sig_atomic_t is_ended = 0;
static void end(int signal) {
    (void)signal;
    is_ended = 1;
}

static void put32(uint8_t *at, uint32_t value) {
    value = htonl(value);
    memcpy(at, &value, 4);
}

static uint32_t get32(const uint8_t *at) {
    uint32_t value;
    memcpy(&value, at, 4);
    return ntohl(value);
}

/* Writes the answer to a request into `out` and returns its size; 0: no request. */
static size_t answer(const uint8_t *in, size_t in_size, uint8_t *out, size_t answer_bytes) {
    if (in_size < ENVELOPE + HEADER + 4) return 0;
    uint32_t name = get32(in + ENVELOPE + HEADER);
    size_t fixed = ENVELOPE + HEADER + 4 + name + 4 + VALUE + 4;
    if (name > in_size - ENVELOPE - HEADER - 4 || fixed > DATAGRAM_MAX) return 0;
    size_t data = answer_bytes > fixed ? answer_bytes - fixed : 0;
    memcpy(out, in, ENVELOPE + HEADER + 4 + name);
    put32(out + 16, (uint32_t)(fixed + data - ENVELOPE));
    put32(out + ENVELOPE + 4, 1);
    put32(out + ENVELOPE + 20, (uint32_t)(fixed + data - ENVELOPE - HEADER - 4));
    uint8_t *at = out + ENVELOPE + HEADER + 4 + name;
    static const uint8_t value[18] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x51, 0x80, 0x0E};
    memcpy(at, value, sizeof value); /* one value, index 1, a day, 1110 */
    put32(at + 18, 3);
    memcpy(at + 22, "URL", 3);
    put32(at + 25, (uint32_t)data);
    memset(at + 29, 'A', data);
    memset(at + 29 + data, 0, 8); /* no references, no credential */
    return fixed + data;
}

static int listen_on(uint16_t port) {
    int number = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int size = 4 << 20;
    setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(number, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    if (bind(number, (struct sockaddr *)&address, sizeof address) < 0) return -1;
    socklen_t length = sizeof address;
    getsockname(number, (struct sockaddr *)&address, &length);
    printf("%u\n", ntohs(address.sin_port));
    fflush(stdout);
    return number;
}

/* Answers that may still be given: so many a second, and 10 ms worth of them at once. */
struct bucket {
    double per_second, held, held_max, at;
};

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fill(struct bucket *bucket) {
    double now = seconds_now(), held = bucket->held + (now - bucket->at) * bucket->per_second;
    bucket->held = held < bucket->held_max ? held : bucket->held_max;
    bucket->at = now;
}

static int take(struct bucket *bucket) {
    if (bucket->per_second <= 0) return 1;
    if (bucket->held < 1) return 0;
    bucket->held -= 1;
    return 1;
}

static uint64_t serve(int number, size_t answer_bytes, double per_second) {
    static uint8_t in[SLOTS][SLOT_BYTES], out[SLOTS][SLOT_BYTES];
    static struct sockaddr_storage peers[SLOTS];
    struct mmsghdr received[SLOTS], sent[SLOTS];
    struct iovec in_parts[SLOTS], out_parts[SLOTS];
    uint64_t count = 0;
    double held_max = per_second / 100 > 1 ? per_second / 100 : 1;
    struct bucket bucket = {per_second, held_max, held_max, seconds_now()};
    while (!is_ended) {
        for (int slot = 0; slot < SLOTS; slot++) {
            in_parts[slot] = (struct iovec){in[slot], SLOT_BYTES};
            received[slot].msg_hdr = (struct msghdr){
                .msg_name = &peers[slot], .msg_namelen = sizeof peers[slot], .msg_iov = &in_parts[slot], .msg_iovlen = 1};
        }
        int came = recvmmsg(number, received, SLOTS, MSG_WAITFORONE, NULL);
        unsigned int queued = 0;
        if (per_second > 0) fill(&bucket);
        for (int slot = 0; slot < came; slot++) {
            size_t size = answer(in[slot], received[slot].msg_len, out[queued], answer_bytes);
            if (size == 0 || !take(&bucket)) continue;
            out_parts[queued] = (struct iovec){out[queued], size};
            sent[queued].msg_hdr = received[slot].msg_hdr;
            sent[queued].msg_hdr.msg_iov = &out_parts[queued];
            queued++;
        }
        for (unsigned int next = 0; next < queued;) {
            int taken = sendmmsg(number, sent + next, queued - next, 0);
            if (taken <= 0) break;
            next += (unsigned int)taken;
            count += (unsigned int)taken;
        }
    }
    return count;
}

int main(int count, char **arguments) {
    if (count < 3 || count > 5) {
        fprintf(stderr, "usage: echo-server PORT ANSWER_BYTES [CORE [PER_SECOND]]\n");
        return 64;
    }
    if (count >= 4 && atoi(arguments[3]) >= 0) {
        cpu_set_t cores;
        CPU_ZERO(&cores);
        CPU_SET((unsigned int)atoi(arguments[3]), &cores);
        if (sched_setaffinity(0, sizeof cores, &cores) < 0) perror("echo-server: core");
    }
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    int number = listen_on((uint16_t)atoi(arguments[1]));
    if (number < 0) {
        perror("echo-server");
        return 1;
    }
    size_t bytes = (size_t)atoi(arguments[2]);
    uint64_t answers = serve(number, bytes > DATAGRAM_MAX ? DATAGRAM_MAX : bytes,
                             count == 5 ? atof(arguments[4]) : 0);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                     (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("answers %llu, CPU %.3f s, %.3f us/answer\n", (unsigned long long)answers, seconds,
           answers > 0 ? seconds * 1e6 / (double)answers : 0.0);
    return 0;
}
