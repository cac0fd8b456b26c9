#!/bin/sh
# Case: 300 kills of a writing process; after each the log, replayed, gives the same records byte for byte
set -eu
cycles=300
echo "$cycles kills under mixed writes" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_KILL_WRITES=$cycles swift test --skip-build --disable-xctest --filter 'SetCrashTests/killWrites' >"$log" 2>&1 ||
    status=$?
tail -n 5 "$log"
line=$(sed -n 's/^\(kills: .*\)/\1/p' "$log" | tail -n 1)
echo "$line; $(grep -E 'Test run with' "$log" | tail -n 1 | sed 's/^[^T]*//')" >"$HANJIANG_LONG_STATE/result"
[ -n "$line" ]
exit "$status"
