#!/bin/sh
# Case: an import over the wire killed 100 times and resumed, and its node killed 100 times: nothing lost, nothing twice
set -eu
cycles=100
echo "$cycles kills of idctl, $cycles of the node" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_KILL_IMPORT=$cycles swift test --skip-build --disable-xctest \
    --filter '^NodeTests\.WireImportTests/.*(B2|B3)' >"$log" 2>&1 || status=$?
tail -n 20 "$log"
line=$(sed -n 's/^kill-\(import\|node-under-import\): /\1: /p' "$log" | paste -s -d ';')
echo "${line:-it did not come to its end}; every row resolved and compared" >"$HANJIANG_LONG_STATE/result"
[ "$status" -eq 0 ]
[ -n "$line" ]
