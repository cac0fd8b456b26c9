#!/bin/sh
# Case: 500 kills of a writing process: nothing acknowledged is lost, nothing is half there or done twice, it opens
set -eu
cycles=500
echo "$cycles kills under mixed writes" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_CRASH_CYCLES=$cycles swift test --skip-build --disable-xctest --filter 'CrashTests/d1' >"$log" 2>&1 || status=$?
tail -n 5 "$log"
line=$(sed -n 's/^\(kills: .*\)/\1/p' "$log" | tail -n 1)
echo "$line; $(grep -E 'Test run with' "$log" | tail -n 1 | sed 's/^[^T]*//')" >"$HANJIANG_LONG_STATE/result"
[ -n "$line" ]
exit "$status"
