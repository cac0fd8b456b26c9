#!/bin/sh
# Case: p99 of own identifiers while the level above and the others are silent: within 10 % of that while they answer
set -eu
# shellcheck source=tools/long.d/parts/federated-pair.sh
. tools/long.d/parts/federated-pair.sh
pairs=7
seconds=10
if [ "$small" = yes ]; then pairs=1 seconds=2; fi
echo "own ones at a twentieth of the peak beside 200 questions a second for others', $pairs pairs of $seconds s" \
    >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_pair 20000
# Far below the peak, so that the load tool keeps its schedule beside three nodes on two processors.
rate=$(asked "$work/own.csv" --closed 64 --seconds 2 | field rate | awk '{ printf "%d", $1 / 20 }')

# What nobody has asked for yet; each line once.
awk -v count=$((pairs * 2 * 200 * (seconds + 4))) 'BEGIN { for (i = 1; i <= count; i++) print "88.102/unasked-" i }' \
    >"$work/unasked"
all_others() {
    for name in top secondary-2; do kill -"$1" "$(cat "$work/$name/pid")"; done
}

# p99 NAME: of own identifiers, in us, beside questions for others' that are not in the cache.
p99() {
    sed -n "$((1 + turn * 200 * (seconds + 4))),$(((turn + 1) * 200 * (seconds + 4)))p" "$work/unasked" >"$work/unasked.part"
    turn=$((turn + 1))
    idload "$(server_of secondary-1)" --replay "$work/unasked.part" --once --rate 200 --seconds "$((seconds + 2))" \
        --codes 1,2,3,100 --timeout 20000 --json >"$work/others.json" 2>/dev/null &
    burning=$!
    sleep 1
    # A tool that could not keep its schedule says so by its exit code; what came wrong or not at all is looked at below.
    asked "$work/own.csv" --rate "$rate" --connections 16 --seconds "$seconds" >"$work/$1.json" || true
    wait "$burning" || true
    burning=
    field p99_us <"$work/$1.json"
}
turn=0
wrong=0
lost=0
: >"$work/pairs"
for _ in $(seq "$pairs"); do
    alive=$(p99 alive)
    all_others STOP
    dead=$(p99 dead)
    all_others CONT
    sleep 1
    for name in alive dead; do
        wrong=$((wrong + $(field wrong <"$work/$name.json")))
        lost=$((lost + $(field lost <"$work/$name.json")))
    done
    echo "$dead $alive" | awk '{ printf "%.2f %d %d\n", $1 / $2, $1, $2 }' | tee -a "$work/pairs"
done
ratio=$(median "$work/pairs")
echo "median ratio $ratio ($(sort -n "$work/pairs" | awk '{ row[NR] = $2 " us beside " $3 " us" } END { print row[int((NR + 1) / 2)] }')" \
    "at $rate/s); $wrong wrong, $lost lost" | tee "$HANJIANG_LONG_STATE/result"
[ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] || exit 1
[ "$small" = yes ] || awk -v ratio="$ratio" 'BEGIN { exit !(ratio <= 1.1) }' || exit 1
stop_federation "$work"
rm -rf "$work"
