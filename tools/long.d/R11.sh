#!/bin/sh
# Case: 100,000 bad datagrams a second: at most ten log lines a second, each datagram counted, others answered
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/hostile.sh
. tools/long.d/parts/hostile.sh
rate=100000
seconds=30
if [ "$small" = yes ]; then rate=5000 seconds=3; fi
echo "$rate bad datagrams a second for $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tcp
lines=$(wc -l <"$work/log")
"$bin/idload" hostile "$server" --mode malformed --protocol udp --rate "$rate" --seconds "$seconds" --json \
    >"$work/hostile.json" &
burning=$!
seconds=$((seconds - 1))
ask --protocol tcp --rate 1000 >"$work/asked.json" || true
wait "$burning"
burning=
wrong=$(field wrong <"$work/asked.json")
lost=$(field lost <"$work/asked.json")
sent=$(field datagrams <"$work/hostile.json")
received=$(sum hanjiang_datagrams_received_total)
dropped=$(sum hanjiang_datagrams_dropped_by_kernel_total)
lines=$(($(wc -l <"$work/log") - lines))
end_node
echo "$sent sent = $received received + $dropped dropped by the kernel; $lines log lines; of others $wrong wrong," \
    "$lost lost" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$sent" -gt 0 ] && [ "$sent" -eq "$((received + dropped))" ] && [ "$lines" -le "$((10 * seconds))" ] &&
    [ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] || exit 1
rm -rf "$work"
