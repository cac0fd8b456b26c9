#ifndef HANJIANG_COPENSSL_TLS_H
#define HANJIANG_COPENSSL_TLS_H

#include <openssl/ssl.h>

/* The library's options are function-like macros, which Swift does not see. Nothing is resumed, renegotiated or
   compressed. */
static const uint64_t HANJIANG_TLS_OPTIONS = SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION;

/* An idle session gives its record buffers back; a record may be taken in parts, from memory that has moved. */
static const long HANJIANG_TLS_MODES =
    SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER;
#endif
