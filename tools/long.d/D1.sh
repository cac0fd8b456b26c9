#!/bin/sh
# D1 at full size: kills a process that writes 200 times (HANJIANG_CRASH_CYCLES says otherwise), and checks after each
# that nothing acknowledged is lost, nothing is half there and the store opens without repair. Run from the repository.
set -eu
cycles="${HANJIANG_CRASH_CYCLES:-200}"
export HANJIANG_CRASH_CYCLES="$cycles"
begin=$(date +%s)
swift build --build-tests
if swift test --skip-build --filter 'CrashTests/d1'; then result=passed code=0; else result=FAILED code=1; fi
echo "D1: $result, $cycles kills under mixed writes, $(($(date +%s) - begin)) s"
exit $code
