#ifndef HANJIANG_CEXPAT_SHIM_H
#define HANJIANG_CEXPAT_SHIM_H

/* The system's types are Swift's own Glibc module's, and whoever imports Glibc may use them beside ours. */
#pragma clang module import SwiftGlibc

#include <expat.h>
#endif
