#!/bin/sh
# Case: 200 kills of a writing process: nothing acknowledged is lost, nothing is half there, it opens without repair
set -eu
cycles=200
echo "$cycles kills under mixed writes" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
status=0
HANJIANG_CRASH_CYCLES=$cycles swift test --skip-build --disable-xctest --filter 'CrashTests/d1' \
    >"$HANJIANG_LONG_STATE/log" 2>&1 || status=$?
tail -n 5 "$HANJIANG_LONG_STATE/log"
grep -E 'Test run with' "$HANJIANG_LONG_STATE/log" | tail -n 1 | sed 's/^[^T]*//' >"$HANJIANG_LONG_STATE/result"
exit "$status"
