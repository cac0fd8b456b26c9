#!/bin/sh
# Case: resolution p99 beside a mass registration: at most twice that beside an equal CPU load, or at most 1 ms
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
pairs=7
seconds=10
if [ "$small" = yes ]; then pairs=1 seconds=2; fi
echo "2 connections x 256 creates under way, $pairs pairs of $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tcp
compare_loads registration 4 0.5  # two connections, administration, the writer
created=$(field perSecond <"$work/loads" | awk '{ sum += $1 } END { printf "%d", sum / NR }')
failed=$(field failed <"$work/loads" | awk '{ sum += $1 } END { print sum + 0 }')
end_node
echo "median p99 ratio $median ($p99 us at $rate/s beside $created creates/s, $failed failed)" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$failed" -eq 0 ]
[ "$small" = yes ] || awk -v ratio="$median" -v p99="$p99" 'BEGIN { exit !(ratio <= 2 || p99 <= 1000) }' || exit 1
rm -rf "$work"
