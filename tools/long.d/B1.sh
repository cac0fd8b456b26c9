#!/bin/sh
# Case: a CSV of 10,000,000 rows and 5 GB checked, and registered over the wire as far as it comes in half an hour
set -eu
rows=10000000
row_bytes=500
seconds=1800
if [ "${HANJIANG_LONG_SMALL:-no}" = yes ]; then rows=20000 seconds=60; fi
work=$HANJIANG_LONG_STATE/work
bin=${HANJIANG_LONG_BIN:-}
echo "$rows rows of $row_bytes bytes, registering for at most $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
rm -rf "$work"
mkdir "$work"
# The file, and the node's data and change log at about five times as much.
needed=$((rows * row_bytes * 6 / 1024))
[ "$(df -k --output=avail "$work" | tail -n 1)" -ge "$needed" ] || {
    echo "less than $needed KiB free" >"$HANJIANG_LONG_STATE/result"
    exit 1
}
if [ -z "$bin" ]; then
    for product in idnode idctl; do swift build -c release --product "$product"; done
    bin=$(swift build -c release --show-bin-path)
fi
node=
end() {
    [ -z "$node" ] || { kill "$node" 2>/dev/null && wait "$node" || true; }
    rm -rf "$work"
}
trap end EXIT
trap 'exit 143' INT TERM

# write_rows: each row has exactly $row_bytes bytes, its line end included.
write_rows() {
    awk -v count="$rows" -v size="$row_bytes" 'BEGIN {
        print "identifier,1:URL,2:DESC,2000:maker"
        filler = sprintf("%*s", size, "")
        gsub(/ /, "x", filler)
        for (i = 0; i < count; i++) {
            row = sprintf("88.118.8/part-%08d,https://example.org/parts/%d,\"Pump %d, 7 kW\",", i, i, i)
            print row substr(filler, 1, size - 1 - length(row))
        }
    }'
}

"$bin/idnode" init --prefix 88.118 --data "$work/data" --config "$work/node.toml" >/dev/null
printf '\n[[listen]]\naddress = "127.0.0.1"\nport = 0\n' >>"$work/node.toml"
"$bin/idnode" run --config "$work/node.toml" 2>"$work/log" &
node=$!
until grep -q 'message=ready' "$work/log"; do
    kill -0 "$node"
    sleep 0.1
done
server=$(sed -n 's/.*listen="*\([0-9.:]*\).*/\1/p' "$work/log" | head -n 1)
"$bin/idctl" key new --type ed25519 --out "$work/owner.pem" >/dev/null
"$bin/idctl" prefix allot 88.118.8 --name Owner --admin-key "$work/owner.pem.pub" --config "$work/node.toml" >/dev/null

# measured NAME SECONDS COMMAND…: runs it, and has it stop after so many seconds; its JSON goes to $work/NAME.json, its
# progress to $work/NAME.log, its largest memory in MiB to $work/NAME.memory.
measured() {
    name=$1
    left=$(($2 * 5))
    shift 2
    "$@" >"$work/$name.json" 2>"$work/$name.log" &
    process=$!
    memory=0
    while kill -0 "$process" 2>/dev/null; do
        now=$(awk '/^VmHWM:/ { print int($2 / 1024) }' "/proc/$process/status" 2>/dev/null || echo 0)
        [ "${now:-0}" -le "$memory" ] || memory=$now
        left=$((left - 1))
        # A shell's child in the background has SIGINT ignored; SIGTERM means the same to idctl.
        [ "$left" -ne 0 ] || kill -TERM "$process"
        sleep 0.2
    done
    status=0
    wait "$process" || status=$?
    echo "$memory" >"$work/$name.memory"
    [ "$status" -eq 0 ] || [ "$status" -eq 130 ]
}
field() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$2"; }
# spread NAME: the slowest and the fastest of the rates that its progress told every 10 s.
spread() {
    sed -n 's/,//g; s/.*  \([0-9.]*\)\/s .*/\1/p' "$work/$1.log" | sort -n |
        awk 'NR == 1 { least = $1 } { most = $1 } END { print NR ? least " to " most : "too short to tell" }'
}
# medians NAME: the middle rate of the first and of the last third. A rate that sinks as the file goes on shows here; what
# else the machine does for a minute shows in the spread alone.
medians() {
    sed -n 's/,//g; s/.*  \([0-9.]*\)\/s .*/\1/p' "$work/$1.log" | awk '{ rate[NR] = $1 } END {
        third = int(NR / 3)
        if (third < 3) { print "too short to tell"; exit }
        print middle(0, third) " then " middle(NR - third, third)
    }
    function middle(from, count, i, j, value, sorted) {
        for (i = 1; i <= count; i++) {
            value = rate[from + i]
            for (j = i - 1; j > 0 && sorted[j] > value; j--) sorted[j + 1] = sorted[j]
            sorted[j + 1] = value
        }
        return sorted[int((count + 1) / 2)]
    }'
}
steady() { [ "${1#too}" != "$1" ] || echo "$1" | awk '{ exit !($3 * 2 >= $1) }'; }

write_rows >"$work/parts.csv"
bytes=$(wc -c <"$work/parts.csv")
measured dry "$seconds" "$bin/idctl" import "$work/parts.csv" --server "$server" --dry-run --json
[ "$(field created "$work/dry.json")" -eq "$rows" ]
[ "$(field read "$work/dry.json")" -eq "$rows" ]
measured import "$seconds" "$bin/idctl" import "$work/parts.csv" --server "$server" --auth 300:0.NA/88.118.8 \
    --key-file "$work/owner.pem" --json
created=$(field created "$work/import.json")
# The total that is told is the node's own: its owner's list of them.
listed=$("$bin/idctl" id list 88.118.8 --server "$server" --auth 300:0.NA/88.118.8 --key-file "$work/owner.pem" | wc -l)
[ "$listed" -eq "$created" ]
dry_spread=$(spread dry)
import_spread=$(spread import)
dry_medians=$(medians dry)
import_medians=$(medians import)
memory=$(cat "$work/dry.memory" "$work/import.memory" | sort -n | tail -n 1)
echo "$bytes bytes checked at $(field records_per_second "$work/dry.json") rows/s ($dry_spread, middle $dry_medians), $created of them" \
    "registered at $(field records_per_second "$work/import.json")/s ($import_spread, middle $import_medians), all of them listed; idctl at" \
    "most $memory MiB" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$memory" -le 200 ]
steady "$dry_medians"
steady "$import_medians"
