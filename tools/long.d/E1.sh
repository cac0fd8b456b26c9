#!/bin/sh
# Case: the wall clock jumps by an hour, ten years and a leap second under load: none lost, nobody closed, counts agree
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/clock.sh
. tools/long.d/parts/clock.sh
stay=20
rate=2000
if [ "$small" = yes ]; then stay=3 rate=500; fi
year=31536000
# Offsets of the node's clock to the machine's; from each to the next it jumps. -1: a second comes twice.
offsets="0 3600 0 -3600 0 $((10 * year)) 0 $((-10 * year)) $((10 * year)) 0 -1 0"
jumps=$(($(echo "$offsets" | wc -w) - 1))
seconds=$(((jumps + 1) * (stay + 3)))
echo "$jumps jumps of the clock, $stay s after each, $((2 * rate)) questions a second" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
failed() {
    echo "$*" | tee "$HANJIANG_LONG_STATE/result"
    exit 1
}
status() { local_idctl status --config "$work/node.toml" --json; }
day() { TZ=Asia/Shanghai date -d "@$(($(date +%s) + $1))" +%Y-%m-%d; }
# Queries counted, all days together, as the days' own counts say.
counted() {
    for offset in $offsets; do
        day "$((offset - 86400))"
        day "$offset"
        day "$((offset + 86400))"
    done | sort -u | while read -r day; do
        "$bin/idctl" count --config "$work/node.toml" --day "$day" --json | field resolution_requests
    done | awk '{ sum += $1 } END { print sum + 0 }'
}
start_node tcp
end_node
configure idle_unasked "\"$((seconds + 60)) s\""
set_clock 0
hold_clock
trap 'end_clock; end_node' EXIT
# idctl runs on the node's machine, and so by its clock: an answer of other years it would take for one that is over.
local_idctl() { (by_clock "$bin/idctl" "$@"); }
serve by_clock
# Those who would be taken for idle by a clock of years.
"$bin/idload" hostile "$server" --mode idle --connections 100 --rate 1000 --seconds "$seconds" \
    --source-addresses 127.0.1.1 --json >"$work/idle.json" &
burning=$!
ask --protocol tcp --rate "$rate" --connections 16 >"$work/tcp.json" 2>"$work/tcp.log" &
burning="$burning $!"
ask --protocol udp --rate "$rate" --source-addresses 127.0.1.2 >"$work/udp.json" 2>"$work/udp.log" &
burning="$burning $!"
sleep 1
change=0
before=0
for offset in $offsets; do
    set_clock "$offset"
    began=$(date +%s)
    change=$((change + 1))
    local_idctl id create "88.118.8/jump-$change" --value '1 URL https://example.org/' --config "$work/node.toml" \
        --quiet >/dev/null || failed "after a jump to $offset s nothing could be created"
    # What was acknowledged is there for everybody, with the time of its making.
    stamp=$(local_idctl resolve "88.118.8/jump-$change" --server "$server" --json |
        sed -n 's/.*"index":1,.*"timestamp":"\([^"]*\)".*/\1/p')
    stamp=$(date -d "${stamp:-1970-01-01}" +%s)
    if [ "$((stamp - began - offset))" -lt -2 ] || [ "$((stamp - $(date +%s) - offset))" -gt 2 ]; then
        failed "after a jump to $offset s a value was stamped $((stamp - began)) s off"
    fi
    sleep "$((stay - 1))"
    # Unless it was set back by no more than an hour, the node counts for the day that its clock shows.
    if [ "$((offset - before))" -lt -3600 ] || [ "$((offset - before))" -ge 0 ]; then
        counted=$(status | field resolution_requests)
        sleep 1
        [ "$(status | field resolution_requests)" -gt "$counted" ] ||
            failed "after a jump from $before to $offset s the day's count stood at $counted"
    fi
    before=$offset
done
for process in $burning; do wait "$process" || true; done
burning=
total=$(counted)
closed=0
for reason in idle unasked slow_message write_stall for_room; do
    closed=$((closed + $(sum "hanjiang_connections_closed_${reason}_total")))
done
asked=$change wrong=0 lost=0 longest=0
for carrier in tcp udp; do
    asked=$((asked + $(field sent <"$work/$carrier.json")))
    wrong=$((wrong + $(field wrong <"$work/$carrier.json")))
    lost=$((lost + $(field lost <"$work/$carrier.json") + $(field disconnected <"$work/$carrier.json")))
    most=$(field max_us <"$work/$carrier.json")
    [ "$most" -le "$longest" ] || longest=$most
done
# What was acknowledged and counted is there after a sudden end, whatever the clock said.
kill -KILL "$node"
wait "$node" 2>/dev/null || true
serve
kept=0
for number in $(seq "$change"); do
    if "$bin/idctl" resolve "88.118.8/jump-$number" --server "$server" --quiet >/dev/null; then kept=$((kept + 1)); fi
done
again=$(counted)
end_node
echo "$asked asked, $total counted on all days, $wrong wrong, $lost lost or cut off, the longest answer after $longest us;" \
    "$closed closed for their age; $kept of $change changes kept; counted after a kill $((again - kept))" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$total" -eq "$asked" ] && [ "$((again - kept))" -eq "$asked" ] && [ "$kept" -eq "$change" ] && [ "$closed" -eq 0 ] &&
    [ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] || exit 1
rm -rf "$work"
