#!/bin/sh
# Case: 100,000,000 resolutions over TCP in one run that is interrupted and killed; what was sent is what the node counted
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
count=100000000
pauses="20 35 50 20 35"
if [ "$small" = yes ]; then count=1000000 pauses="1 2"; fi
echo "$count resolutions, $(echo "$pauses" | wc -w) parts interrupted or killed" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tcp
counted() {
    # In the shell's place, so that a signal to it comes to the tool.
    exec "$bin/idload" "$server" --replay "$work/asked.csv" --keys uniform --protocol tcp --closed 256 --count "$count" \
        --state "$work/state" --control "$control" --json "$@"
}
# A shell's child in the background has SIGINT ignored; SIGTERM means the same to idload.
signal=TERM
for pause in $pauses; do
    counted >"$work/part.json" 2>"$work/part.log" &
    burning=$!
    sleep "$pause"
    kill -"$signal" "$burning" 2>/dev/null || true
    wait "$burning" 2>/dev/null || true
    burning=
    if [ "$signal" = TERM ]; then signal=KILL; else signal=TERM; fi
done
status=0
(counted >"$work/counted.json" 2>"$work/counted.log") || status=$?
number() { field "$1" <"$work/counted.json"; }
echo "$(number asked) asked in $(number parts) parts, $(number killed_parts) of them killed ($(number adopted) adopted);" \
    "the node counted $(number node_counted), unexplained $(number unexplained)" | tee "$HANJIANG_LONG_STATE/result"
end_node
[ "$status" -eq 0 ] && [ "$(number asked)" -eq "$count" ] && [ "$(number node_counted)" -eq "$count" ] || exit 1
rm -rf "$work"
