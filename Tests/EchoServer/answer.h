/* The recorded answer, by datagram and by connection. */
#ifndef HANJIANG_ECHO_ANSWER_H
#define HANJIANG_ECHO_ANSWER_H
#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { ENVELOPE = 20, HEADER = 24, VALUE = 29, ANSWER_MAX = 512 };

static inline void put32(uint8_t *at, uint32_t value) {
    value = htonl(value);
    memcpy(at, &value, 4);
}

static inline uint32_t get32(const uint8_t *at) {
    uint32_t value;
    memcpy(&value, at, 4);
    return ntohl(value);
}

/* Writes the answer to a request into `out` and returns its size; 0: no request. */
static inline size_t answer(const uint8_t *in, size_t in_size, uint8_t *out, size_t answer_bytes) {
    if (in_size < ENVELOPE + HEADER + 4) return 0;
    uint32_t name = get32(in + ENVELOPE + HEADER);
    size_t fixed = ENVELOPE + HEADER + 4 + name + 4 + VALUE + 4;
    if (name > in_size - ENVELOPE - HEADER - 4 || fixed > ANSWER_MAX) return 0;
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

/* Serve until `is_ended`; return how many answers were sent. */
uint64_t serve_datagrams(int number, size_t answer_bytes, int joins, double per_second);
uint64_t serve_connections(int listener, size_t answer_bytes);
uint64_t serve_brief(int listener, size_t answer_bytes);
int has_ended(void);
#endif
