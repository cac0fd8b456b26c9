#!/bin/sh
# Case: clients that ask for a large answer again and again and never read: closed at write stall, at most 1 MiB each
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/hostile.sh
. tools/long.d/parts/hostile.sh
count=150
stall=10
length=60
if [ "$small" = yes ]; then count=20 stall=2 length=8; fi
echo "$count connections at a time, write stall $stall s, for $length s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_crowded write_stall "\"$stall s\""
end_node
# Sixteen values of 14,000 bytes: nearly as much as a message holds.
awk 'BEGIN {
    text = "x"
    while (length(text) < 14000) text = text substr(text, 1, 14000 - length(text))
    head = "identifier"
    row = "88.118.8/large"
    for (i = 1; i <= 16; i++) { head = head "," i ":LONG"; row = row "," text }
    print head "\n" row
}' >"$work/large.csv"
"$bin/idctl" import --data "$work/data" --no-verify "$work/large.csv" >/dev/null
# shellcheck disable=SC2119
serve
never_read() {
    "$bin/idload" hostile "$server" --mode never-read --id 88.118.8/large --source-addresses "$(strangers)" --json "$@" \
        >"$work/hostile.json" 2>"$work/hostile.log" &
    burning=$!
}
# The most bytes that waited at a time while $burning went on, looked at five times a second.
watch_buffers() {
    most=0
    while kill -0 "$burning" 2>/dev/null; do
        bytes=$(sum hanjiang_bytes_buffered)
        [ "$bytes" -le "$most" ] || most=$bytes
        sleep 0.2
    done
    wait "$burning" || true
    burning=
}
# Afterwards nothing of theirs is left.
settle() {
    tries=0
    until [ "$(sum hanjiang_bytes_buffered)" -eq 0 ] && [ "$(sum hanjiang_connections_open)" -eq 0 ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ]
        sleep 0.1
    done
}
never_read --connections 1 --rate 1 --seconds "$((stall + 3))"
watch_buffers
one=$most
settle
before=$(resident)
closed=$(sum hanjiang_connections_closed_write_stall_total)
never_read --connections "$count" --rate 1000 --seconds "$length"
honest "$((length - 2))" >"$work/p99" &
asking=$!
watch_buffers
all=$most
wait "$asking"
settle
closed=$(($(sum hanjiang_connections_closed_write_stall_total) - closed))
opened=$(field opened <"$work/hostile.json")
longest=$(($(field closed_after_max_us <"$work/hostile.json") / 1000))
after=$(resident)
wrong=$(field wrong <"$work/asked.json") lost=$(field lost <"$work/asked.json")
end_node
echo "$one bytes waiting for one, at most $all for all; $opened opened, $closed closed at write stall, after $longest ms" \
    "at the latest; memory $before KiB before, $after KiB afterwards; of others $wrong wrong, $lost lost" \
    >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
# A mebibyte of answers each, and one read of requests; a deadline is looked at twice a second.
each=$((1048576 + 65536))
[ "$one" -gt 0 ] && [ "$one" -le "$each" ] && [ "$all" -le "$((count * each))" ] && [ "$closed" -ge "$count" ] &&
    [ "$longest" -le "$(((stall + 3) * 1000))" ] && [ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] || exit 1
rm -rf "$work"
