#ifndef HANJIANG_CLIBUV_SHIM_H
#define HANJIANG_CLIBUV_SHIM_H

/* The C library's types come from Swift's own Glibc module, so that timespec, sockaddr and the like have one definition
 * and whoever imports Glibc may use them. That module is built without _GNU_SOURCE; what glibc shows only under it is
 * declared below under names of our own and bound to the library's symbol. */
#pragma clang module import SwiftGlibc

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <uv.h>

/* struct mmsghdr: a message and the bytes that were received into it or sent from it. */
struct hanjiang_message {
    struct msghdr header;
    unsigned int byte_count;
};

/* struct in6_pktinfo (RFC 3542, section 6). */
struct hanjiang_packet_info6 {
    struct in6_addr address;
    unsigned int interface_index;
};

extern int hanjiang_recvmmsg(int descriptor, struct hanjiang_message *messages, unsigned int count, int flags,
                             struct timespec *timeout) __asm__("recvmmsg");
extern int hanjiang_sendmmsg(int descriptor, struct hanjiang_message *messages, unsigned int count, int flags)
    __asm__("sendmmsg");
extern int hanjiang_accept4(int descriptor, struct sockaddr *peer, socklen_t *length, int flags) __asm__("accept4");
/* `mask` is a sigset_t or NULL. */
extern int hanjiang_ppoll(struct pollfd *entries, unsigned long count, const struct timespec *limit, const void *mask)
    __asm__("ppoll");

/* Bytes of control memory a received message needs: IPV6_PKTINFO and SO_RXQ_OVFL, rounded up. */
#define HANJIANG_RECEIVE_CONTROL_SIZE 96
/* Bytes of control memory an answer needs: one IPV6_PKTINFO, rounded up. */
#define HANJIANG_SEND_CONTROL_SIZE 48
_Static_assert(HANJIANG_RECEIVE_CONTROL_SIZE >= CMSG_SPACE(sizeof(struct hanjiang_packet_info6)) +
                                                    CMSG_SPACE(sizeof(uint32_t)),
               "control memory of a received message");
_Static_assert(HANJIANG_SEND_CONTROL_SIZE >= CMSG_SPACE(sizeof(struct hanjiang_packet_info6)),
               "control memory of an answer");

/* Bytes of control memory that a piece to be cut into datagrams needs. */
#define HANJIANG_SEGMENT_CONTROL_SIZE 32
_Static_assert(HANJIANG_SEGMENT_CONTROL_SIZE >= CMSG_SPACE(sizeof(uint16_t)), "control memory of a piece");

enum { HANJIANG_UDP_SEGMENT = 103 }; /* UDP_SEGMENT, which libc's header leaves to the kernel's */

/* Whether the kernel cuts what this socket sends into datagrams. One that does not know how would send it as one. */
static inline int hanjiang_cuts_into_segments(int descriptor) {
    int size = 0;
    socklen_t length = sizeof(size);
    return getsockopt(descriptor, IPPROTO_UDP, HANJIANG_UDP_SEGMENT, &size, &length) == 0;
}

/* Has the kernel cut a message into datagrams of `size` bytes (UDP_SEGMENT, udp(7)), beside what its control messages
 * ask for already. `memory` has room for those and HANJIANG_SEGMENT_CONTROL_SIZE bytes more. */
static inline void hanjiang_cut_into_datagrams(struct msghdr *message, uint16_t size, void *memory) {
    size_t before = message->msg_controllen;
    if (before > 0) memcpy(memory, message->msg_control, before);
    struct cmsghdr *control = (struct cmsghdr *)((char *)memory + before);
    control->cmsg_level = IPPROTO_UDP;
    control->cmsg_type = HANJIANG_UDP_SEGMENT;
    control->cmsg_len = CMSG_LEN(sizeof(size));
    memcpy(CMSG_DATA(control), &size, sizeof(size));
    message->msg_control = memory;
    message->msg_controllen = before + CMSG_SPACE(sizeof(size));
}

/* The first control message of that level and type that holds at least `size` bytes, or NULL. */
static inline struct cmsghdr *hanjiang_control(struct msghdr *message, int level, int type, size_t size) {
    for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control != NULL; control = CMSG_NXTHDR(message, control)) {
        if (control->cmsg_level == level && control->cmsg_type == type && control->cmsg_len >= CMSG_LEN(size)) {
            return control;
        }
    }
    return NULL;
}

/* Reads the socket's count of datagrams lost for want of room (SO_RXQ_OVFL). The kernel sends it only once it is not
 * zero. Returns 1 if it was there. */
static inline int hanjiang_drop_count(struct msghdr *message, uint32_t *count) {
    struct cmsghdr *control = hanjiang_control(message, SOL_SOCKET, SO_RXQ_OVFL, sizeof(uint32_t));
    if (control == NULL) return 0;
    memcpy(count, CMSG_DATA(control), sizeof(uint32_t));
    return 1;
}

/* Reads the local address that a datagram was sent to. Returns AF_INET, AF_INET6 or, where it was not told, 0;
 * `address` receives 4 or 16 bytes. */
static inline int hanjiang_local_address(struct msghdr *message, uint8_t address[16]) {
    struct cmsghdr *control = hanjiang_control(message, IPPROTO_IP, IP_PKTINFO, sizeof(struct in_pktinfo));
    if (control != NULL) {
        struct in_pktinfo info;
        memcpy(&info, CMSG_DATA(control), sizeof(info));
        memcpy(address, &info.ipi_spec_dst, 4);
        return AF_INET;
    }
    control = hanjiang_control(message, IPPROTO_IPV6, IPV6_PKTINFO, sizeof(struct hanjiang_packet_info6));
    if (control != NULL) {
        memcpy(address, CMSG_DATA(control), 16);
        return AF_INET6;
    }
    return 0;
}

/* Gives `answer` the control message that makes it leave from the address `received` was sent to. `answer` must have
 * HANJIANG_SEND_CONTROL_SIZE bytes of control memory. The interface is named only for link-local addresses: elsewhere
 * the routing table knows better. */
static inline void hanjiang_answer_from_asked_address(struct msghdr *received, struct msghdr *answer, void *memory) {
    struct cmsghdr *control = hanjiang_control(received, IPPROTO_IP, IP_PKTINFO, sizeof(struct in_pktinfo));
    struct cmsghdr *out = (struct cmsghdr *)memory;
    if (control != NULL) {
        struct in_pktinfo info;
        memcpy(&info, CMSG_DATA(control), sizeof(info));
        info.ipi_ifindex = 0;
        info.ipi_addr.s_addr = 0;
        out->cmsg_level = IPPROTO_IP;
        out->cmsg_type = IP_PKTINFO;
        out->cmsg_len = CMSG_LEN(sizeof(info));
        memcpy(CMSG_DATA(out), &info, sizeof(info));
        answer->msg_control = memory;
        answer->msg_controllen = CMSG_SPACE(sizeof(info));
        return;
    }
    control = hanjiang_control(received, IPPROTO_IPV6, IPV6_PKTINFO, sizeof(struct hanjiang_packet_info6));
    if (control != NULL) {
        struct hanjiang_packet_info6 info;
        memcpy(&info, CMSG_DATA(control), sizeof(info));
        if (!IN6_IS_ADDR_MULTICAST(&info.address)) {
            if (!IN6_IS_ADDR_LINKLOCAL(&info.address)) info.interface_index = 0;
            out->cmsg_level = IPPROTO_IPV6;
            out->cmsg_type = IPV6_PKTINFO;
            out->cmsg_len = CMSG_LEN(sizeof(info));
            memcpy(CMSG_DATA(out), &info, sizeof(info));
            answer->msg_control = memory;
            answer->msg_controllen = CMSG_SPACE(sizeof(info));
            return;
        }
    }
    answer->msg_control = NULL;
    answer->msg_controllen = 0;
}

/* Has timed waits of the calling thread, and of those it starts, end in time and not up to 50 us later. */
static inline void hanjiang_keep_timers_exact(void) { prctl(PR_SET_TIMERSLACK, 1ul, 0, 0, 0); }

/* Names the calling thread; the kernel keeps 15 bytes. */
static inline void hanjiang_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

/* Confines the calling thread to one processor core. Returns 0 or an errno. */
static inline int hanjiang_pin_thread(unsigned int core) {
    unsigned long mask[16] = {0};
    if (core >= sizeof(mask) * 8) return EINVAL;
    mask[core / (8 * sizeof(long))] = 1UL << (core % (8 * sizeof(long)));
    return syscall(SYS_sched_setaffinity, 0, sizeof(mask), mask) < 0 ? errno : 0;
}

/* struct sched_attr (sched_setattr(2)), which glibc 2.36 does not declare. */
struct hanjiang_scheduling {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

/* Sets how nice the calling thread is, and for how many nanoseconds it wants to run at a time; 0: as long as others do.
 * Kernels before 6.12 take no notice of the latter. A thread under another policy than the usual (SCHED_OTHER) was put
 * there by an operator, and stays. Returns 0 or an errno. */
static inline int hanjiang_schedule_thread(int nice, uint64_t turn) {
    if (syscall(SYS_sched_getscheduler, 0) != 0) return 0;
    struct hanjiang_scheduling scheduling = {.size = sizeof(scheduling), .nice = nice, .runtime = turn};
    return syscall(SYS_sched_setattr, 0, &scheduling, 0) < 0 ? errno : 0;
}

#endif
