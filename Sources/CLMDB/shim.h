#ifndef HANJIANG_CLMDB_SHIM_H
#define HANJIANG_CLMDB_SHIM_H
#include <lmdb.h>
#endif
