#!/bin/sh
# Case: questions by UDP at three times what a quarter of a core answers: it keeps answering, and is itself again at once
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/processor.sh
. tools/long.d/parts/processor.sh
pairs=5
length=12
if [ "$small" = yes ]; then pairs=1 length=4; fi
echo "a quarter of a core, 3 x capacity, $pairs pairs of $length s at the peak and above it" >"$HANJIANG_LONG_STATE/size"
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
# How long the control socket takes, in ms, the worst so far: asked twice a second while $burning goes on, from outside.
slowest=0
askings=0
watch_health() {
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
# What is answered in a second when all that is asked is answered.
peak() { load_udp --seconds "$length" --closed 256 | field rate | cut -d . -f 1; }
load_udp --seconds 2 --closed 256 >/dev/null || true
highest=$(peak)
# What idctl itself takes from its start to its end, beside a load that the node bears.
load_udp --seconds 4 --rate "$((highest / 10))" >/dev/null &
burning=$!
watch_health
quiet=$slowest
slowest=0 askings=0 least=999999999
before=$(resident)
: >"$work/ratios"
# One after the other, as a machine that is shared is not the same all the time.
for _ in $(seq "$pairs"); do
    peak=$(peak)
    load_udp --seconds "$length" --rate "$((highest * 3))" >"$work/asked.json" &
    burning=$!
    watch_health
    kept=$(field rate <"$work/asked.json" | cut -d . -f 1)
    offered=$(field sent <"$work/asked.json" | awk -v seconds="$length" '{ printf "%d", $1 / seconds }')
    [ "$offered" -ge "$least" ] || least=$offered
    echo "$peak $kept" | awk '{ printf "%.2f %d %d\n", $2 / $1, $1, $2 }' | tee -a "$work/ratios"
done
after=$(resident)
sleep 5
load_udp --seconds 5 --rate "$((highest / 10))" >"$work/after.json" || true
lost=$(field lost <"$work/after.json")
end_node
median() { cut -d ' ' -f "$1" "$work/ratios" | sort -n | sed -n "$(((pairs + 1) / 2))p"; }
echo "peak $(median 2)/s, $(median 3)/s when asked at least $least/s, median ratio $(median 1); status within $slowest ms of" \
    "$askings askings ($quiet ms in quiet); memory $before to $after KiB; 5 s later $lost lost" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
if [ "$small" = no ]; then
    [ "$((least * 10))" -ge "$((highest * 27))" ] || exit 1
    median 1 | awk '$1 < 0.9 { exit 1 }' || exit 1
    [ "$slowest" -le 100 ] && [ "$((after * 100))" -le "$((before * 105))" ] && [ "$lost" -eq 0 ] || exit 1
fi
rm -rf "$work"
