/* The recorded answer to clients that connect for each question: accept, read, answer, close, and nothing else. */
#define _GNU_SOURCE
#include "answer.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IN_BYTES = 1 << 12, EVENTS = 64 };

static void begin(int poller, int listener) {
    int number = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (number < 0) return;
    int on = 1;
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = number};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, number, &event) < 0) close(number);
}

/* Answers the question that one read brings, adds to `count`, and closes once the asker has: whoever closes first keeps
 * the pair of ports for a minute, and that is the asker's to do. */
static void serve(int number, size_t answer_bytes, uint64_t *count) {
    static uint8_t in[IN_BYTES], out[ANSWER_MAX];
    ssize_t came = recv(number, in, sizeof in, 0);
    if (came < 0 && errno == EAGAIN) return;
    size_t size = came > 0 ? answer(in, (size_t)came, out, answer_bytes) : 0;
    if (size == 0 || send(number, out, size, MSG_NOSIGNAL) != (ssize_t)size) {
        close(number);
        return;
    }
    ++*count;
}

uint64_t serve_brief(int listener, size_t answer_bytes) {
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
                serve(number, answer_bytes, &count);
            }
        }
    }
    close(poller);
    return count;
}
