#!/bin/sh
# Case: 5,000 connections opened and reset a second: descriptors and memory are afterwards what they were, others answered
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/hostile.sh
. tools/long.d/parts/hostile.sh
rate=5000
length=600
if [ "$small" = yes ]; then rate=500 length=5; fi
echo "$rate connections a second for $length s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# shellcheck disable=SC2119
start_crowded
files() { find "/proc/$node/fd" -mindepth 1 | wc -l; }
reset_many() {
    # A tenth more: what the tool misses it does not make up for.
    "$bin/idload" hostile "$server" --mode reset --connections 1000 --rate "$((rate * 11 / 10))" --seconds "$1" \
        --source-addresses "$(strangers)" --json >"$work/hostile.json" &
    burning=$!
}
settle() {
    tries=0
    until [ "$(sum hanjiang_connections_open)" -eq 0 ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ]
        sleep 0.1
    done
    # What the answer itself took is closed, too.
    sleep 1
}
honest 2 >/dev/null
# Memory that such connections need at a time is taken once, and stays; so does a descriptor that each listener has in
# reserve from its first connection on.
reset_many 3
wait "$burning" || true
settle
files_before=$(files)
before=$(resident)
reset_many "$length"
honest "$((length - 2))" >/dev/null
wait "$burning" || true
burning=
settle
after=$(resident)
files_after=$(files)
opened=$(field opened <"$work/hostile.json") refused=$(field refused <"$work/hostile.json")
wrong=$(field wrong <"$work/asked.json") lost=$(field lost <"$work/asked.json")
end_node
echo "$opened opened and reset, $((opened / length)) a second; descriptors $files_before to $files_after," \
    "memory $before to $after KiB; of others $wrong wrong, $lost lost" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
# The small run asks little of a machine that others use.
[ "$small" = yes ] || [ "$opened" -ge "$((rate * length * 95 / 100))" ] || exit 1
[ "$opened" -gt 0 ] && [ "$refused" -eq 0 ] && [ "$files_after" -eq "$files_before" ] &&
    [ "$((after * 100))" -le "$((before * 105))" ] && [ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] || exit 1
rm -rf "$work"
