#!/bin/sh
# Case: backup under writes and reads, restored on an empty directory: all records equal; read p99 at most twice as long
set -eu
identifiers=1000000
writes=5000
pairs=7
seconds=4
work=$HANJIANG_LONG_STATE/work
echo "$identifiers identifiers, $writes changes a second, $pairs pairs of $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
for product in idnode idctl idload busy-node; do swift build -c release --product "$product"; done
bin=$(swift build -c release --show-bin-path)
rm -rf "$work"
mkdir "$work"
awk -v count="$identifiers" 'BEGIN {
    print "identifier,1:URL,2:DESC"
    for (i = 0; i < count; i++) printf "88.118.8/item-%d,https://example.org/%d/%d,no. %d\n", i, i, i * 7919 % 1000003, i % 17
}' >"$work/registry.csv"
head -n 20001 "$work/registry.csv" >"$work/asked.csv"
"$bin/idnode" init --prefix 88.118 --data "$work/data" --config "$work/node.toml"
"$bin/idctl" prefix home --data "$work/data" 88.118.8
"$bin/idctl" import --data "$work/data" --no-verify "$work/registry.csv"

"$bin/busy-node" serve "$work/data" "$writes" >"$work/address" 2>"$work/log" &
node=$!
trap 'kill "$node" 2>/dev/null || true' EXIT
until [ -s "$work/address" ]; do
    kill -0 "$node"
    sleep 0.1
done
server=$(cat "$work/address")

# shellcheck source=tools/long.d/parts/fields.sh
. tools/long.d/parts/fields.sh
ask() { "$bin/idload" "$server" --replay "$work/asked.csv" --keys uniform --seconds "$seconds" --json "$@"; }
size() { stat -c %s "$work/data/hanjiang.lmdb"; }
# Backups one after the other for as long as a measurement takes, each with what the file grew by meanwhile, the changes
# of that time included.
backups() {
    until [ -e "$work/enough" ]; do
        rm -f "$work/repeated.backup"
        before=$(size)
        "$bin/idctl" backup --data "$work/data" --to "$work/repeated.backup" >>"$work/backups"
        echo "$before $(size)" | awk '{ printf "%.1f\n", ($2 - $1) * 100 / $1 }' >>"$work/growths"
    done
}

# A fifth of what the node can do beside its writes.
rate=$(ask --closed 64 | field rate | awk '{ printf "%d", $1 / 5 }')
: >"$work/ratios"
: >"$work/backups"
: >"$work/growths"
for _ in $(seq "$pairs"); do
    alone=$(ask --rate "$rate" --closed 16 | field p99_us)
    rm -f "$work/enough"
    backups &
    repeating=$!
    beside=$(ask --rate "$rate" --closed 16 | field p99_us)
    touch "$work/enough"
    wait "$repeating"
    echo "$alone $beside" | awk '{ printf "%.2f %d %d\n", $2 / $1, $1, $2 }' | tee -a "$work/ratios"
done
median=$(cut -d ' ' -f 1 "$work/ratios" | sort -n | sed -n "$(((pairs + 1) / 2))p")
slowest=$(cut -d ' ' -f 3 "$work/ratios" | sort -n | sed -n "$(((pairs + 1) / 2))p")
growth=$(sort -n "$work/growths" | tail -n 1)

# As much reading as the node takes, and the backup that is restored.
ask --closed 64 >"$work/full" &
asking=$!
sleep 1
"$bin/idctl" backup --data "$work/data" --to "$work/node.backup"
wait "$asking"
"$bin/idctl" restore "$work/node.backup" --data "$work/restored"
kill "$node"
wait "$node"
trap - EXIT
status=0
"$bin/busy-node" compare "$work/data" "$work/restored" >"$work/compared" || status=$?
"$bin/idctl" verify-db --data "$work/restored" --compare-log
made=$(wc -l <"$work/backups")
echo "$(cat "$work/compared"); median p99 ratio $median ($slowest us beside $made backups, $rate/s);" \
    "the file grew by at most $growth % during one" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$status" -eq 0 ] && [ ! -s "$work/log" ] || exit 1
awk -v ratio="$median" -v growth="$growth" 'BEGIN { exit !(ratio <= 2 && growth <= 10) }' || exit 1
rm -rf "$work"
