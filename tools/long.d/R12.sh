#!/bin/sh
# Case: slow administration (proofs by derived keys, lists of 100,000 names, large bodies): resolution p99 within 20 %
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
names=100000
pairs=7
seconds=10
if [ "$small" = yes ]; then names=2000 pairs=1 seconds=2; fi
echo "$names names, 9 connections, $pairs pairs of $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tcp
load names "$names" >/dev/null
# Nine connections, administration, the writer, the keys; a proof takes 4 ms on either side, a part of a list 0.5, a
# large identifier 1.
compare_loads slow 12 4,0.5,1
count=$(field "done" <"$work/loads" | awk '{ sum += $1 } END { print sum }')
end_node
echo "median p99 ratio $median ($p99 us at $rate/s beside $count slow operations)" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$small" = yes ] || awk -v ratio="$median" 'BEGIN { exit !(ratio <= 1.2) }' || exit 1
rm -rf "$work"
