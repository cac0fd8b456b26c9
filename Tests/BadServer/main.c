/* A server that is bad on purpose, and counts what it does: a load tool must find exactly that. UDP, one thread.
 *
 *     bad-server WRONG TWICE LATE GOOD_AFTER STALL_EVERY_MS STALL_MS LATE_MS
 *
 * Of the first GOOD_AFTER requests every WRONG-th gets an answer with another code, of the others every LATE-th one that
 * is held for LATE_MS, of the rest every TWICE-th two answers; 0: none. Every STALL_EVERY_MS nothing is answered for
 * STALL_MS, and then everything that came. The port is the first line of output; ended by SIGTERM it tells
 * "requests N wrong N twice N late N stalls N". */
#define _GNU_SOURCE
#include "../EchoServer/answer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_BYTES = 2048, ANSWER_BYTES = 200, HELD_MAX = 1 << 20 };

static volatile sig_atomic_t is_ended = 0;
static void end(int signal) {
    (void)signal;
    is_ended = 1;
}

/* Answers that wait, in the order of their times. */
struct held {
    uint64_t due;
    struct sockaddr_in peer;
    uint16_t size;
    uint8_t bytes[ANSWER_BYTES + 64];
};
struct queue {
    struct held *entries;
    size_t first, count;
};
static struct queue stalled, late;
static unsigned long requests, wrong_count, twice_count, late_count, stall_count;

static uint64_t now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static void hold(struct queue *queue, uint64_t due, const struct sockaddr_in *peer, const uint8_t *bytes, size_t size) {
    if (queue->count == HELD_MAX) {
        fprintf(stderr, "bad-server: too many answers are held\n");
        exit(1);
    }
    struct held *entry = &queue->entries[(queue->first + queue->count++) % HELD_MAX];
    entry->due = due;
    entry->peer = *peer;
    entry->size = (uint16_t)size;
    memcpy(entry->bytes, bytes, size);
}

static void release(int number, struct queue *queue, uint64_t now) {
    while (queue->count > 0 && queue->entries[queue->first].due <= now) {
        struct held *entry = &queue->entries[queue->first];
        sendto(number, entry->bytes, entry->size, 0, (struct sockaddr *)&entry->peer, sizeof entry->peer);
        queue->first = (queue->first + 1) % HELD_MAX;
        queue->count--;
    }
}

static int is_turn(unsigned long every, unsigned long good_after) {
    return every > 0 && requests <= good_after && requests % every == 0;
}

int main(int count, char **arguments) {
    if (count != 8) {
        fprintf(stderr, "usage: bad-server WRONG TWICE LATE GOOD_AFTER STALL_EVERY_MS STALL_MS LATE_MS\n");
        return 64;
    }
    unsigned long options[8];
    for (int place = 1; place < 8; place++) options[place] = strtoul(arguments[place], NULL, 10);
    stalled.entries = malloc(HELD_MAX * sizeof *stalled.entries);
    late.entries = malloc(HELD_MAX * sizeof *late.entries);
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    int number = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int size = 4 << 20;
    setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    socklen_t length = sizeof address;
    if (stalled.entries == NULL || late.entries == NULL || bind(number, (struct sockaddr *)&address, length) < 0 ||
        getsockname(number, (struct sockaddr *)&address, &length) < 0) {
        perror("bad-server");
        return 1;
    }
    printf("%u\n", ntohs(address.sin_port));
    fflush(stdout);
    uint64_t next_stall = 0, stall_end = 0;
    while (!is_ended) {
        struct pollfd entry = {.fd = number, .events = POLLIN};
        poll(&entry, 1, 1);
        uint64_t now = now_ms();
        for (int taken = 0; taken < 256; taken++) {
            uint8_t in[REQUEST_BYTES], out[ANSWER_MAX];
            struct sockaddr_in peer;
            length = sizeof peer;
            ssize_t came = recvfrom(number, in, sizeof in, MSG_DONTWAIT, (struct sockaddr *)&peer, &length);
            if (came < 0) break;
            size_t bytes = answer(in, (size_t)came, out, ANSWER_BYTES);
            if (bytes == 0 || bytes > sizeof stalled.entries->bytes) continue;
            requests++;
            /* The time of stalls begins with the first request. */
            if (next_stall == 0) next_stall = now + options[5];
            if (options[5] > 0 && now >= next_stall) {
                stall_end = now + options[6];
                next_stall += options[5];
                stall_count++;
            }
            int is_wrong = is_turn(options[1], options[4]);
            int is_late = !is_wrong && is_turn(options[3], options[4]);
            int copies = !is_wrong && !is_late && is_turn(options[2], options[4]) ? 2 : 1;
            wrong_count += (unsigned long)is_wrong;
            late_count += (unsigned long)is_late;
            twice_count += copies == 2;
            if (is_wrong) put32(out + ENVELOPE + 4, 2);
            struct queue *queue = is_late ? &late : &stalled;
            uint64_t due = is_late ? now + options[7] : now < stall_end ? stall_end : now;
            for (int copy = 0; copy < copies; copy++) hold(queue, due, &peer, out, bytes);
        }
        release(number, &stalled, now);
        release(number, &late, now);
    }
    printf("requests %lu wrong %lu twice %lu late %lu stalls %lu\n", requests, wrong_count, twice_count, late_count,
           stall_count);
    return 0;
}
