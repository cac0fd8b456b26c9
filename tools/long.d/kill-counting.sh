#!/bin/sh
# Case: 100 kills of a node under load: count after restart >= answers received, <= requests sent; no record damaged
set -eu
cycles=100
echo "$cycles kills" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_KILL_CYCLES=$cycles swift test --skip-build --disable-xctest \
    --filter '^NodeTests\.CountingTests/countsSurviveKillsUnderLoad' >"$log" 2>&1 || status=$?
tail -n 20 "$log"
line=$(sed -n 's/^kill-counting: //p' "$log" | tail -n 1)
echo "${line:-no cycle came to its end}" >"$HANJIANG_LONG_STATE/result"
[ "$status" -eq 0 ]
[ -n "$line" ]
