#!/bin/sh
# Case: power loss at 200 points of a writing process: what was acknowledged is there, nothing is partial
set -eu
points=200
echo "$points points" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_POWER_POINTS=$points swift test --skip-build --disable-xctest --filter 'PowerLossTests/d2' >"$log" 2>&1 ||
    status=$?
tail -n 5 "$log"
line=$(sed -n 's/^\(power losses: .*\)/\1/p' "$log" | tail -n 1)
echo "${line:-none came to its end}" >"$HANJIANG_LONG_STATE/result"
[ -n "$line" ]
exit "$status"
