#!/bin/sh
# Case: the index of hints under writes at full speed: every answer is right, and each fault put in on purpose is found
set -eu
seconds=60
echo "7 runs of $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_STRESS_SECONDS=$seconds swift test --skip-build --disable-xctest --filter HintStressTests >"$log" 2>&1 || status=$?
tail -n 5 "$log"
line=$(sed -n 's/^\(stress on: .*\)/\1/p' "$log" | tail -n 1)
echo "${line:-none came to its end}; $(grep -E 'Test run with' "$log" | tail -n 1 | sed 's/^[^T]*//')" >"$HANJIANG_LONG_STATE/result"
[ -n "$line" ]
exit "$status"
