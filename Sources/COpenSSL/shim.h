#ifndef HANJIANG_COPENSSL_SHIM_H
#define HANJIANG_COPENSSL_SHIM_H

/* The system's types are Swift's own Glibc module's, and whoever imports Glibc may use them beside ours. */
#pragma clang module import SwiftGlibc

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/dh.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Macros that Swift does not see. */
static inline int hanjiang_selection_parameters(void) { return EVP_PKEY_KEY_PARAMETERS; }
static inline int hanjiang_selection_public_key(void) { return EVP_PKEY_PUBLIC_KEY; }
static inline int hanjiang_selection_key_pair(void) { return EVP_PKEY_KEYPAIR; }
static inline int hanjiang_set_dsa_bits(EVP_PKEY_CTX *context, int modulus, int order) {
    return EVP_PKEY_CTX_set_dsa_paramgen_bits(context, modulus) == 1
        && EVP_PKEY_CTX_set_dsa_paramgen_q_bits(context, order) == 1;
}
static inline void hanjiang_free(void *memory) { OPENSSL_free(memory); }

#include "tls.h"
#endif
