#ifndef HANJIANG_CZSTD_SHIM_H
#define HANJIANG_CZSTD_SHIM_H
#include <zstd.h>
#endif
