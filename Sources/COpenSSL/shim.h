#ifndef HANJIANG_COPENSSL_SHIM_H
#define HANJIANG_COPENSSL_SHIM_H

/* The system's types are Swift's own Glibc module's, and whoever imports Glibc may use them beside ours. */
#pragma clang module import SwiftGlibc

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/dh.h>
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
#include <openssl/x509.h>
#endif
