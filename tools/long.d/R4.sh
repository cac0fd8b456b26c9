#!/bin/sh
# Case: 5,000 connections that send byte by byte: each closed at the deadline of a message, the honest not hindered
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/hostile.sh
. tools/long.d/parts/hostile.sh
count=5000
seconds=30
if [ "$small" = yes ]; then count=200 seconds=12; fi
echo "$count connections at a time, for $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# shellcheck disable=SC2119
start_crowded
beside_hostile slow "$count" "$seconds"
closed=$(sum hanjiang_connections_closed_slow_message_total)
end_node
echo "$most open, $closed closed for a slow message; honest p99 $alone us alone, $beside us beside, $wrong wrong," \
    "$lost lost" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$closed" -ge "$((count / 2))" ] && [ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] || exit 1
[ "$small" = yes ] || echo "$alone $beside" | awk '$2 > 2 * $1 { exit 1 }'
rm -rf "$work"
