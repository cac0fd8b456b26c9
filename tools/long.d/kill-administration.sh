#!/bin/sh
# Case: 300 kills of a node under mixed writes over the wire: nothing acknowledged lost, nothing half done or done twice
set -eu
cycles=300
echo "$cycles kills under mixed writes over the wire" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_KILL_ADMINISTRATION=$cycles swift test --skip-build --disable-xctest \
    --filter '^NodeTests\.KillAdministrationTests/d1' >"$log" 2>&1 || status=$?
tail -n 20 "$log"
line=$(sed -n 's/^kill-administration: //p' "$log" | tail -n 1)
echo "${line:-it did not come to its end}" >"$HANJIANG_LONG_STATE/result"
[ "$status" -eq 0 ]
[ -n "$line" ]
