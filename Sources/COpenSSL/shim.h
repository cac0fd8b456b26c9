#ifndef HANJIANG_COPENSSL_SHIM_H
#define HANJIANG_COPENSSL_SHIM_H
#include <openssl/err.h>
#include <openssl/evp.h>
#endif
