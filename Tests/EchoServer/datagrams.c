/* The recorded answer over UDP: recvmmsg and sendmmsg. */
#define _GNU_SOURCE
#include "answer.h"

#include <netinet/udp.h>
#include <sys/socket.h>

enum { SLOTS = 32, SLOT_BYTES = 2048 };

/* One message of several datagrams, and how many. */
struct piece_control {
    _Alignas(struct cmsghdr) uint8_t bytes[CMSG_SPACE(sizeof(uint16_t))];
};

/* Puts datagrams of equal size for one asker together, in place; returns how many messages are left. */
static unsigned int join(struct mmsghdr *sent, struct piece_control *controls, unsigned int queued) {
    unsigned int pieces = 0;
    for (unsigned int next = 0; next < queued; next++) {
        struct msghdr *last = pieces > 0 ? &sent[pieces - 1].msg_hdr : NULL;
        struct msghdr *message = &sent[next].msg_hdr;
        if (last != NULL && last->msg_iov->iov_len == message->msg_iov->iov_len &&
            last->msg_namelen == message->msg_namelen &&
            memcmp(last->msg_name, message->msg_name, message->msg_namelen) == 0) {
            last->msg_iovlen++; /* the parts lie one behind the other */
            continue;
        }
        sent[pieces++] = sent[next];
    }
    for (unsigned int piece = 0; piece < pieces; piece++) {
        struct msghdr *message = &sent[piece].msg_hdr;
        if (message->msg_iovlen < 2) continue;
        uint16_t size = (uint16_t)message->msg_iov->iov_len;
        struct cmsghdr *control = (struct cmsghdr *)controls[piece].bytes;
        *control = (struct cmsghdr){.cmsg_level = IPPROTO_UDP, .cmsg_type = UDP_SEGMENT, .cmsg_len = CMSG_LEN(sizeof size)};
        memcpy(CMSG_DATA(control), &size, sizeof size);
        message->msg_control = control;
        message->msg_controllen = sizeof controls[piece].bytes;
    }
    return pieces;
}

uint64_t serve_datagrams(int number, size_t answer_bytes, int joins) {
    static struct piece_control controls[SLOTS];
    static uint8_t in[SLOTS][SLOT_BYTES], out[SLOTS][SLOT_BYTES];
    static struct sockaddr_storage peers[SLOTS];
    struct mmsghdr received[SLOTS], sent[SLOTS];
    struct iovec in_parts[SLOTS], out_parts[SLOTS];
    uint64_t count = 0;
    while (!has_ended()) {
        for (int slot = 0; slot < SLOTS; slot++) {
            in_parts[slot] = (struct iovec){in[slot], SLOT_BYTES};
            received[slot].msg_hdr = (struct msghdr){
                .msg_name = &peers[slot], .msg_namelen = sizeof peers[slot], .msg_iov = &in_parts[slot], .msg_iovlen = 1};
        }
        int came = recvmmsg(number, received, SLOTS, MSG_WAITFORONE, NULL);
        unsigned int queued = 0;
        for (int slot = 0; slot < came; slot++) {
            size_t size = answer(in[slot], received[slot].msg_len, out[queued], answer_bytes);
            if (size == 0) continue;
            out_parts[queued] = (struct iovec){out[queued], size};
            sent[queued].msg_hdr = received[slot].msg_hdr;
            sent[queued].msg_hdr.msg_iov = &out_parts[queued];
            queued++;
        }
        if (joins) queued = join(sent, controls, queued);
        for (unsigned int next = 0; next < queued;) {
            int taken = sendmmsg(number, sent + next, queued - next, 0);
            if (taken <= 0) break;
            for (int piece = 0; piece < taken; piece++) count += sent[next++].msg_hdr.msg_iovlen;
        }
    }
    return count;
}
