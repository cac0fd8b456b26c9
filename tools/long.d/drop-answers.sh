#!/bin/sh
# Case: B3, 200,000 rows imported over the wire, then changed, with 1 % of the answers lost and the node restarted
set -eu
rows=200000
echo "$rows rows, registered and then changed" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_DROP_ROWS=$rows swift test --skip-build --disable-xctest --filter '^NodeTests\.LostAnswersTests/' \
    >"$log" 2>&1 || status=$?
tail -n 20 "$log"
line=$(sed -n 's/^drop-answers: //p' "$log")
echo "${line:-it did not come to its end}; receipts and records as those of a clean run" >"$HANJIANG_LONG_STATE/result"
[ "$status" -eq 0 ]
[ -n "$line" ]
