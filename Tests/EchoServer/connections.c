/* The recorded answer over TCP: all messages that one read brought are answered by one write. */
#define _GNU_SOURCE
#include "answer.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 1024, IN_BYTES = 1 << 16, OUT_BYTES = 1 << 20, EVENTS = 64 };

/* What came of an unfinished message, and what the socket did not take yet. */
struct connection {
    uint8_t *in, *out;
    size_t in_size, out_start, out_size;
};
static struct connection connections[CONNECTIONS];

static void end(int number) {
    free(connections[number].in);
    free(connections[number].out);
    connections[number] = (struct connection){0};
    close(number);
}

static void begin(int poller, int listener) {
    int number = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (number < 0) return;
    if (number >= CONNECTIONS) {
        close(number);
        return;
    }
    int on = 1;
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections[number] = (struct connection){.in = malloc(IN_BYTES), .out = malloc(OUT_BYTES)};
    struct epoll_event event = {.events = EPOLLIN, .data.fd = number};
    if (connections[number].in == NULL || connections[number].out == NULL ||
        epoll_ctl(poller, EPOLL_CTL_ADD, number, &event) < 0) {
        end(number);
    }
}

/* Returns 0 where the connection has ended. */
static int flush(int poller, int number) {
    struct connection *connection = &connections[number];
    while (connection->out_start < connection->out_size) {
        ssize_t taken = send(number, connection->out + connection->out_start,
                             connection->out_size - connection->out_start, MSG_NOSIGNAL);
        if (taken < 0 && errno != EAGAIN) return 0;
        if (taken < 0) break;
        connection->out_start += (size_t)taken;
    }
    int is_waiting = connection->out_start < connection->out_size;
    if (!is_waiting) connection->out_start = connection->out_size = 0;
    struct epoll_event event = {.events = is_waiting ? EPOLLOUT : EPOLLIN, .data.fd = number};
    return epoll_ctl(poller, EPOLL_CTL_MOD, number, &event) == 0;
}

/* Answers what one read brings; adds to `count`. Returns 0 where the connection has ended. */
static int serve(int poller, int number, size_t answer_bytes, uint64_t *count) {
    struct connection *connection = &connections[number];
    ssize_t came = recv(number, connection->in + connection->in_size, IN_BYTES - connection->in_size, 0);
    if (came <= 0) return came < 0 && errno == EAGAIN;
    connection->in_size += (size_t)came;
    size_t start = 0;
    while (connection->in_size - start >= ENVELOPE && OUT_BYTES - connection->out_size >= ANSWER_MAX) {
        size_t size = ENVELOPE + (size_t)get32(connection->in + start + 16);
        if (size > IN_BYTES) return 0;
        if (connection->in_size - start < size) break;
        size_t taken = answer(connection->in + start, size, connection->out + connection->out_size, answer_bytes);
        if (taken == 0) return 0;
        connection->out_size += taken;
        start += size;
        ++*count;
    }
    connection->in_size -= start;
    memmove(connection->in, connection->in + start, connection->in_size);
    return flush(poller, number);
}

uint64_t serve_connections(int listener, size_t answer_bytes) {
    uint64_t count = 0;
    int poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    if (poller < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event) < 0) return 0;
    struct epoll_event events[EVENTS];
    while (!has_ended()) {
        int ready = epoll_wait(poller, events, EVENTS, 1000);
        for (int place = 0; place < ready; place++) {
            int number = events[place].data.fd;
            if (number == listener) {
                begin(poller, listener);
            } else {
                int is_open = events[place].events & EPOLLOUT ? flush(poller, number)
                                                              : serve(poller, number, answer_bytes, &count);
                if (!is_open) end(number);
            }
        }
    }
    close(poller);
    return count;
}
