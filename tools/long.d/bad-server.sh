#!/bin/sh
# Case: a server that answers wrongly, twice, late and not for a second each ten: idload finds exactly what it did
set -eu
seconds=120 rate=20000
if [ "${HANJIANG_LONG_SMALL:-no}" = yes ]; then seconds=20 rate=2000; fi
work=$HANJIANG_LONG_STATE/work
bin=${HANJIANG_LONG_BIN:-}
rm -rf "$work"
mkdir "$work"
echo "$rate/s for $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
if [ -z "$bin" ]; then
    for product in idload bad-server; do swift build -c release --product "$product"; done
    bin=$(swift build -c release --show-bin-path)
fi
server=
end() { [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }; }
trap end EXIT
trap 'exit 143' INT TERM

# Wrong 1 in 100,000, and as few that are answered twice or late; late ones come before the run is over.
wrong=100000 twice=30011 late=20011
[ "$seconds" -ge 100 ] || wrong=1000 twice=301 late=211
awk 'BEGIN { for (i = 0; i < 1000; i++) print "88.118.8/part-" i }' >"$work/names"
"$bin/bad-server" "$wrong" "$twice" "$late" "$((rate * (seconds - 10)))" 10000 1000 4000 >"$work/made" &
server=$!
until [ -s "$work/made" ]; do sleep 0.1; done
status=0
"$bin/idload" "127.0.0.1:$(head -n 1 "$work/made")" --replay "$work/names" --keys zipf:1.0 --rate "$rate" --seconds "$seconds" \
    --timeout 3000 --json >"$work/result.json" || status=$?
kill "$server"
wait "$server"
server=
# Only the first figure of a name is the whole run's; a percentile among the lost is null, and longer than any other.
first() { grep -o "\"$1\":[0-9a-z]*" "$work/result.json" | head -n 1 | cut -d : -f 2 | sed 's/null/999999999/'; }
made() { sed -n "s/.*$1 \([0-9]*\).*/\1/p" "$work/made"; }
p50=$(first p50_us) p999=$(first p99_9_us)
echo "sent $(first sent), of which the server made wrong $(made wrong), twice $(made twice), late $(made late), stalls" \
    "$(made stalls); found wrong $(first wrong), duplicate $(first duplicate), late $(first late), lost $(first lost);" \
    "p50 $p50 us, p99.9 $p999 us, exit code $status" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$(first sent)" -eq "$(made requests)" ]
[ "$(first wrong)" -eq "$(made wrong)" ]
[ "$(first duplicate)" -eq "$(made twice)" ]
[ "$(first late)" -eq "$(made late)" ]
[ "$(first lost)" -eq "$(made late)" ]
[ "$(first unexpected)" -eq 0 ]
[ "$(made wrong)" -gt 0 ]
[ "$p999" -gt 900000 ]
[ "$p50" -lt 900000 ]
[ "$status" -eq 10 ]
rm -rf "$work"
