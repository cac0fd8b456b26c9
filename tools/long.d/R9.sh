#!/bin/sh
# Case: requests of 250,000 bytes from 200 connections at once: memory bounded, the excess told busy, others answered
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
seconds=120
if [ "$small" = yes ]; then seconds=3; fi
echo "200 connections, requests of 250,000 bytes for $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tcp
resident() { awk '/^VmHWM:/ { print int($2 / 1024) }' "/proc/$node/status"; }
before=$(resident)
load large "$seconds" >"$work/load" &
burning=$!
ask --rate 1000 --closed 16 >"$work/asked.json"
wait "$burning"
burning=
after=$(resident)
tries=0
until [ "$(metric hanjiang_administration_bytes)" -eq 0 ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ]
    sleep 0.1
done
wrong=$(field wrong <"$work/asked.json")
lost=$(field lost <"$work/asked.json")
count=$(field "done" <"$work/load")
busy=$(metric hanjiang_administration_busy_total)
end_node
echo "$count requests answered, $busy of them busy; memory $before MiB, at most $after MiB; of others $wrong wrong," \
    "$lost lost" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
# In flight 256 MiB, challenges 64 MiB, and what the allocator keeps of both.
[ "$count" -gt 0 ] && [ "$wrong" -eq 0 ] && [ $((after - before)) -le 512 ] || exit 1
rm -rf "$work"
