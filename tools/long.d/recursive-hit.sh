#!/bin/sh
# Case: what a look-up answered from the answer cache costs the node, beside one of its own: at most 1.5 times the CPU
set -eu
# shellcheck source=tools/long.d/parts/federated-pair.sh
. tools/long.d/parts/federated-pair.sh
pairs=7
seconds=5
if [ "$small" = yes ]; then pairs=1 seconds=1; fi
echo "20000 identifiers each, $pairs pairs of $seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_pair 20000
node=$(cat "$work/secondary-1/pid")
# Clock ticks of CPU that the node has taken so far (proc_pid_stat(5)): a hundred a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$node/stat"; }

# cost FILE: of one look-up, in nanoseconds of CPU.
cost() {
    before=$(ticks)
    asked "$1" --closed 256 --seconds "$seconds" >"$work/asked.json"
    after=$(ticks)
    field answered <"$work/asked.json" |
        awk -v ticks="$((after - before))" '{ printf "%d", ticks * 10000000 / $1 }'
}

# Once for the cache to have them all.
idload "$(server_of secondary-1)" --replay "$work/others.csv" --keys sequential --protocol tcp --closed 16 --count 20000 \
    --timeout 20000 --json >"$work/warm.json"
: >"$work/pairs"
for _ in $(seq "$pairs"); do
    others=$(cost "$work/others.csv")
    own=$(cost "$work/own.csv")
    echo "$others $own" | awk '{ printf "%.2f %d %d\n", $1 / $2, $1, $2 }' | tee -a "$work/pairs"
done
ratio=$(median "$work/pairs")
counted=$(idctl status --config "$work/secondary-1/node.toml" --metrics)
answered=$(echo "$counted" | awk '/^hanjiang_recursion_cache_hits_total/ { sum += $2 } END { print sum + 0 }')
questions=$(echo "$counted" | awk '/^hanjiang_recursion_questions_total/ { sum += $2 } END { print sum + 0 }')
echo "median ratio $ratio ($(sort -n "$work/pairs" | awk '{ row[NR] = $2 " ns beside " $3 " ns" } END { print row[int((NR + 1) / 2)] }'));" \
    "$answered answered from the cache, $questions questions to others" | tee "$HANJIANG_LONG_STATE/result"
[ "$small" = yes ] || awk -v ratio="$ratio" 'BEGIN { exit !(ratio <= 1.5) }' || exit 1
stop_federation "$work"
rm -rf "$work"
