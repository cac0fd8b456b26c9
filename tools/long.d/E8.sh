#!/bin/sh
# Case: all cores busy with other work, four processes each: answers take longer, none fails, and the node stays
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
length=120
rate=1000
if [ "$small" = yes ]; then length=5 rate=200; fi
burners=$((4 * $(nproc)))
echo "$burners processes that work for nothing on $(nproc) cores for $length s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tcp
# ask_all NAME SECONDS: TCP and UDP at once, with a patience of five seconds; into $work/NAME-tcp.json and -udp.json.
ask_all() {
    seconds=$2
    asking=
    for carrier in tcp udp; do
        ask --protocol "$carrier" --rate "$rate" --timeout 5000 >"$work/$1-$carrier.json" 2>/dev/null &
        asking="$asking $!"
    done
    for process in $asking; do wait "$process" || true; done
}
ask_all alone "$((length > 10 ? 10 : 2))"
for _ in $(seq "$burners"); do
    sh -c 'while :; do :; done' &
    burning="$burning $!"
done
failures=0 changes=0
ask_all busy "$length" &
asker=$!
# Administration and the control socket meanwhile.
while kill -0 "$asker" 2>/dev/null; do
    changes=$((changes + 1))
    "$bin/idctl" id create "88.118.8/busy-$changes" --value '1 URL https://example.org/' --config "$work/node.toml" \
        --quiet >/dev/null || failures=$((failures + 1))
    "$bin/idctl" resolve "88.118.8/busy-$changes" --server "$server" --quiet >/dev/null || failures=$((failures + 1))
    "$bin/idctl" status --config "$work/node.toml" --json >/dev/null || failures=$((failures + 1))
    sleep 1
done
wait "$asker"
for process in $burning; do kill "$process" 2>/dev/null || true; done
for process in $burning; do wait "$process" 2>/dev/null || true; done
burning=
kill -0 "$node"
pid=$("$bin/idctl" status --config "$work/node.toml" --json | field pid)
busy=$(sum hanjiang_requests_refused_busy_total)
wrong=0 lost=0 answered=0
for carrier in tcp udp; do
    result=$work/busy-$carrier.json
    wrong=$((wrong + $(field wrong <"$result")))
    lost=$((lost + $(field lost <"$result") + $(field disconnected <"$result")))
    answered=$((answered + $(field answered <"$result")))
done
p99() { field p99_us <"$work/$1.json"; }
echo "$answered answers, $wrong wrong, $lost lost or cut off, $busy busy; p99 by TCP $(p99 alone-tcp) us alone," \
    "$(p99 busy-tcp) us beside, by UDP $(p99 alone-udp) and $(p99 busy-udp) us; $changes changes, $failures commands failed" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$pid" -eq "$node" ] && [ "$answered" -gt 0 ] && [ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] && [ "$busy" -eq 0 ] &&
    [ "$failures" -eq 0 ] || exit 1
end_node
rm -rf "$work"
