#!/bin/sh
# Case: a line of 2 GiB without an end, from a pipe, in CSV, JSON Lines and batch text: refused in bounded memory
set -eu
echo "2147483648 bytes, 11 times" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# A pipe is copied to a file without a name, to be read again for the rejects.
[ "$(df -k --output=avail "${TMPDIR:-/tmp}" | tail -n 1)" -ge 4194304 ] || {
    echo "less than 4 GiB free" >"$HANJIANG_LONG_STATE/result"
    exit 1
}
swift build --build-tests
log=$HANJIANG_LONG_STATE/log
status=0
HANJIANG_LINE_BYTES=2147483648 swift test --skip-build --disable-xctest --filter '^NodeTests\.BulkInputTests/.*B5' \
    >"$log" 2>&1 || status=$?
tail -n 20 "$log"
line=$(sed -n 's/^long-line: //p' "$log" | sort | uniq -c | awk '{ $1 = ""; print substr($0, 2) }' | paste -s -d ';')
echo "idctl at most ${line:-?}" >"$HANJIANG_LONG_STATE/result"
[ "$status" -eq 0 ]
[ -n "$line" ]
