#ifndef HANJIANG_COPENSSL_SHIM_H
#define HANJIANG_COPENSSL_SHIM_H

/* The system's types are Swift's own Glibc module's, and whoever imports Glibc may use them beside ours. */
#pragma clang module import SwiftGlibc

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "tls.h"
#endif
