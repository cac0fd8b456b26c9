#!/bin/sh
# Case: idle connections from forty addresses on four fifths of all places: little memory each, the honest not hindered
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# shellcheck source=tools/long.d/parts/hostile.sh
. tools/long.d/parts/hostile.sh
count=5000
pairs=5
length=10
if [ "$small" = yes ]; then count=400 pairs=1 length=2; fi
echo "$count idle connections, $pairs pairs of $length s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# They stay: that those of a node as it comes go after ten seconds, and come again at once, is another matter.
start_crowded idle_unasked '"120 s"'
honest 3 >/dev/null
before=$(resident)
most=0
: >"$work/ratios"
: >"$work/honest"
# One after the other, as a machine that is shared is not the same all the time.
for pair in $(seq "$pairs"); do
    alone=$(honest "$length")
    cat "$work/asked.json" >>"$work/honest"
    "$bin/idload" hostile "$server" --mode idle --connections "$count" --rate 10000 --seconds "$((length + 3))" \
        --source-addresses "$(strangers)" --json >"$work/hostile.json" &
    burning=$!
    sleep 2
    open=$(sum hanjiang_connections_open)
    [ "$open" -le "$most" ] || most=$open
    # The first time: what was given back is not asked for again.
    [ "$pair" -gt 1 ] || during=$(resident)
    beside=$(honest "$length")
    cat "$work/asked.json" >>"$work/honest"
    wait "$burning"
    burning=
    echo "$alone $beside" | awk '{ printf "%.2f %d %d\n", $2 / $1, $1, $2 }' | tee -a "$work/ratios"
    # They are gone before there is asking alone again.
    until [ "$(sum hanjiang_connections_open)" -eq 0 ]; do sleep 0.1; done
done
end_node
median() { cut -d ' ' -f "$1" "$work/ratios" | sort -n | sed -n "$(((pairs + 1) / 2))p"; }
total() { field "$1" <"$work/honest" | awk '{ sum += $1 } END { print sum }'; }
each=$(((during - before) * 1024 / count))
echo "$most open, $each bytes each; honest p99 median $(median 2) us alone, $(median 3) us beside, median ratio" \
    "$(median 1); $(total wrong) wrong, $(total lost) lost" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$most" -ge "$count" ] && [ "$each" -le 8192 ] && [ "$(total wrong)" -eq 0 ] && [ "$(total lost)" -eq 0 ] || exit 1
[ "$small" = yes ] || median 1 | awk '$1 > 2 { exit 1 }'
rm -rf "$work"
