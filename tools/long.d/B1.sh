#!/bin/sh
# Case: a CSV of 10,000,000 rows and 5 GB checked, and registered over the wire as far as it comes in half an hour
set -eu
# shellcheck source=tools/long.d/parts/importing.sh
. tools/long.d/parts/importing.sh
rows=10000000
row_bytes=500
seconds=1800
if [ "$small" = yes ]; then rows=20000 seconds=60; fi
echo "$rows rows of $row_bytes bytes, registering for at most $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# The file, and the node's data and change log at about five times as much.
needed=$((rows * row_bytes * 6 / 1024))
[ "$(df -k --output=avail "$HANJIANG_LONG_STATE" | tail -n 1)" -ge "$needed" ] || {
    echo "less than $needed KiB free" >"$HANJIANG_LONG_STATE/result"
    exit 1
}

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

start_node
write_rows >"$work/parts.csv"
bytes=$(wc -c <"$work/parts.csv")
measured dry "$seconds" "$bin/idctl" import "$work/parts.csv" --server "$server" --dry-run --json
[ "$(field created "$work/dry.json")" -eq "$rows" ]
[ "$(field read "$work/dry.json")" -eq "$rows" ]
measured import "$seconds" "$bin/idctl" import "$work/parts.csv" --server "$server" --auth "$owner" \
    --key-file "$work/owner.pem" --json
created=$(field created "$work/import.json")
# The total that is told is the node's own: its owner's list of them.
listed=$(as_owner id list 88.118.8 | wc -l)
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
