#ifndef HANJIANG_CLIBUV_SHIM_H
#define HANJIANG_CLIBUV_SHIM_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <uv.h>
#endif
