#!/bin/sh
# Case: questions by UDP at three times what a quarter of a core answers: it keeps answering, and is itself again at once
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/processor.sh
. tools/long.d/parts/processor.sh
seconds=60
if [ "$small" = yes ]; then seconds=5; fi
echo "a quarter of a core, 3 x capacity for $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tcp
end_node
make_share 0.25
trap 'end_node; end_share' EXIT
# The node on the first core, of which three quarters stay free for who asks for its health; the load on the last.
configure workers 1
serve within_share taskset -c 0
last=$(($(nproc) - 1))
load_udp() { taskset -c "$last" "$bin/idload" "$server" --replay "$work/asked.csv" --keys uniform --json "$@"; }
resident() { awk '/^VmRSS:/ { print $2 }' "/proc/$node/status"; }
# How long the control socket takes, in ms, the worst: asked twice a second while $burning goes on, from outside.
watch_health() {
    slowest=0
    askings=0
    while kill -0 "$burning" 2>/dev/null; do
        began=$(date +%s%N)
        "$bin/idctl" status --config "$work/node.toml" --json >/dev/null
        took=$((($(date +%s%N) - began) / 1000000))
        [ "$took" -le "$slowest" ] || slowest=$took
        askings=$((askings + 1))
        sleep 0.5
    done
    wait "$burning" || true
    burning=
}
load_udp --seconds 2 --closed 256 >/dev/null || true
load_udp --seconds 5 --closed 256 >"$work/peak.json" || true
peak=$(field rate <"$work/peak.json" | cut -d . -f 1)
# What idctl itself takes from its start to its end, beside a load that the node bears.
load_udp --seconds 4 --rate "$((peak / 10))" >/dev/null &
burning=$!
watch_health
quiet=$slowest
before=$(resident)
load_udp --seconds "$seconds" --rate "$((peak * 3))" >"$work/asked.json" &
burning=$!
watch_health
after=$(resident)
kept=$(field rate <"$work/asked.json" | cut -d . -f 1)
offered=$(field sent <"$work/asked.json" | awk -v seconds="$seconds" '{ printf "%d", $1 / seconds }')
sleep 5
load_udp --seconds 5 --rate "$((peak / 10))" >"$work/after.json" || true
lost=$(field lost <"$work/after.json")
end_node
echo "peak $peak/s, $kept/s when asked $offered/s; status within $slowest ms of $askings askings ($quiet ms in quiet);" \
    "memory $before to $after KiB; 5 s later $lost lost" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
if [ "$small" = no ]; then
    [ "$((offered * 10))" -ge "$((peak * 27))" ] || exit 1
    [ "$((kept * 10))" -ge "$((peak * 9))" ] && [ "$slowest" -le 100 ] && [ "$((after * 100))" -le "$((before * 105))" ] &&
        [ "$lost" -eq 0 ] || exit 1
fi
rm -rf "$work"
