#!/bin/sh
# Case: 5,000 connections that send a byte in 5 s: each closed at the deadline of a message, the honest not hindered
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/hostile.sh
. tools/long.d/parts/hostile.sh
count=5000
pairs=5
length=10
if [ "$small" = yes ]; then count=200 pairs=1 length=2; fi
echo "$count connections at a time, a byte in 5 s, $pairs pairs of $length s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# shellcheck disable=SC2119
start_crowded
start_bystander
trap 'end_bystander; end_node' EXIT
honest 3 >/dev/null
most=0
: >"$work/ratios"
: >"$work/honest"
: >"$work/closed"
# beside ADDRESS CONFIGURATION: the honest p99 at our node while all connections are at that address. They come as fast
# as the deadline of 5 s ends them: what is looked at is those that are there, not a storm of new ones.
beside() {
    "$bin/idload" hostile "$1" --mode slow --byte-every 5 --connections "$count" --rate "$((count / 4))" \
        --seconds "$((length + 8))" --source-addresses "$(strangers)" --json >"$work/hostile.json" &
    burning=$!
    sleep 5
    open=$(open_connections "$2")
    honest "$length"
    echo "$open" >"$work/open"
    cat "$work/asked.json" >>"$work/honest"
    wait "$burning"
    burning=
    field closed_by_target <"$work/hostile.json" >>"$work/closed"
    # They are gone before the next come.
    until [ "$(open_connections "$2")" -eq 0 ]; do sleep 0.1; done
}
for _ in $(seq "$pairs"); do
    elsewhere_p99=$(beside "$bystander" "$work/other/node.toml")
    here_p99=$(beside "$server" "$work/node.toml")
    open=$(cat "$work/open")
    [ "$open" -le "$most" ] || most=$open
    echo "$elsewhere_p99 $here_p99" | awk '{ printf "%.2f %d %d\n", $2 / $1, $1, $2 }' | tee -a "$work/ratios"
done
closed=$(sum hanjiang_connections_closed_slow_message_total)
end_bystander
end_node
median() { cut -d ' ' -f "$1" "$work/ratios" | sort -n | sed -n "$(((pairs + 1) / 2))p"; }
total() { field "$1" <"$work/honest" | awk '{ sum += $1 } END { print sum }'; }
echo "$most open, $closed closed for a slow message; honest p99 median $(median 2) us while they are at another node," \
    "$(median 3) us beside, median ratio $(median 1); $(total wrong) wrong, $(total lost) lost" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$most" -ge "$((count * 4 / 5))" ] && [ "$closed" -ge "$count" ] && [ "$(total wrong)" -eq 0 ] &&
    [ "$(total lost)" -eq 0 ] || exit 1
[ "$small" = yes ] || median 1 | awk '$1 > 2 { exit 1 }'
rm -rf "$work"
