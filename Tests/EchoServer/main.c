/* A server that answers every resolution with one recorded value: the least work that a true answer takes, and so the
 * yardstick for what a node costs (performance-rules.md, T1), and for what a load tool can ask. One thread.
 *
 *     echo-server PORT ANSWER_BYTES [CORE [udp|pieces|tcp|brief [PER_SECOND]]]
 *
 * PORT 0 takes a free one; the port is the first line of output. ANSWER_BYTES is the size of the whole message, as far
 * as identifier and fixed fields leave room, at most 512. CORE -1 is any. With "pieces" datagrams of equal size to one
 * asker go to the kernel together (UDP_SEGMENT, udp(7)), which no name server does: for finding a load tool's own
 * limit; "brief" serves connections of one question each. With PER_SECOND datagrams beyond that capacity are not
 * answered. Ended by SIGTERM or SIGINT it tells answers and CPU time. */
#define _GNU_SOURCE
#include "answer.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t is_ended = 0;
static void end(int signal) {
    (void)signal;
    is_ended = 1;
}

int has_ended(void) { return is_ended; }

static int listen_on(uint16_t port, int type) {
    int number = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int size = 4 << 20;
    setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(number, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    if (bind(number, (struct sockaddr *)&address, sizeof address) < 0) return -1;
    if (type == SOCK_STREAM && listen(number, 1024) < 0) return -1;
    socklen_t length = sizeof address;
    getsockname(number, (struct sockaddr *)&address, &length);
    printf("%u\n", ntohs(address.sin_port));
    fflush(stdout);
    return number;
}

int main(int count, char **arguments) {
    const char *mode = count >= 5 ? arguments[4] : "udp";
    int joins = strcmp(mode, "pieces") == 0;
    int is_brief = strcmp(mode, "brief") == 0;
    int is_tcp = is_brief || strcmp(mode, "tcp") == 0;
    if (count < 3 || count > 6 || !(joins || is_tcp || strcmp(mode, "udp") == 0)) {
        fprintf(stderr, "usage: echo-server PORT ANSWER_BYTES [CORE [udp|pieces|tcp|brief [PER_SECOND]]]\n");
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
    int number = listen_on((uint16_t)atoi(arguments[1]), is_tcp ? SOCK_STREAM : SOCK_DGRAM);
    if (number < 0) {
        perror("echo-server");
        return 1;
    }
    size_t bytes = (size_t)atoi(arguments[2]);
    if (bytes > ANSWER_MAX) bytes = ANSWER_MAX;
    double per_second = count == 6 ? atof(arguments[5]) : 0;
    uint64_t answers = is_brief ? serve_brief(number, bytes)
                       : is_tcp ? serve_connections(number, bytes)
                                : serve_datagrams(number, bytes, joins, per_second);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                     (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("answers %llu, CPU %.3f s, %.3f us/answer\n", (unsigned long long)answers, seconds,
           answers > 0 ? seconds * 1e6 / (double)answers : 0.0);
    return 0;
}
