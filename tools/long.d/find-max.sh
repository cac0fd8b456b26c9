#!/bin/sh
# Case: --find-max finds a known capacity again and again within 5 %, and says how far a real node's figure spreads
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
# Not a rate that doubling comes to.
capacity=11300
runs=5
node_runs=3
final=30
if [ "$small" = yes ]; then runs=2 node_runs=1 final=1; fi
echo "$runs searches of a server of $capacity/s, $node_runs of a node, the last trials ${final} s" \
    >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
[ -n "${HANJIANG_LONG_BIN:-}" ] || swift build -c release --product echo-server
start_node tcp
# A core for each, or who is the limit changes from trial to trial.
taskset -acp 0 "$node" >/dev/null

# figure AIM: its rate in the result of a search.
figure() { sed -n "s/.*\"aim\":\"$1\",[^}]*\"rate\":\([0-9]*\).*/\1/p"; }
# search TARGET NAME RUNS OPTION…: writes both rates of each search, and how it ended, to $work/NAME. A search that was limited by the tool
# itself, which it says, is made again; so many times as there are searches.
search() {
    target=$1 name=$2 left=$3 again=$3
    shift 3
    : >"$work/$name"
    while [ "$left" -gt 0 ]; do
        status=0
        taskset -c 1 "$bin/idload" "$target" --find-max --final-seconds "$final" --json "$@" >"$work/searched.json" || status=$?
        cat "$work/searched.json" >>"$HANJIANG_LONG_STATE/searches"
        if [ "$status" -eq 11 ] && [ "$again" -gt 0 ]; then
            again=$((again - 1))
            continue
        fi
        [ "$status" -eq 0 ] || [ "$name" = node ] || return 1
        echo "$(figure no_loss <"$work/searched.json") $(figure little_loss <"$work/searched.json") $status" | tee -a "$work/$name"
        left=$((left - 1))
    done
}
# spread NAME COLUMN: the lowest and the highest of a column, and by how many percent they differ.
spread() {
    cut -d ' ' -f "$2" "$work/$1" | sort -n | awk '
        NR == 1 { low = $1 } { high = $1 }
        END { printf "%d to %d (%.1f %%)", low, high, (high - low) / low * 100 }'
}

"$bin/echo-server" 0 300 -1 udp "$capacity" >"$work/echo" &
burning=$!
until [ -s "$work/echo" ]; do sleep 0.1; done
search "127.0.0.1:$(head -n 1 "$work/echo")" bucket "$runs" --id 88.118.8/item-1
kill "$burning" && wait "$burning"
burning=
search "$server" node "$node_runs" --replay "$work/asked.csv" --keys uniform --connections 16
end_node
echo "server of $capacity/s: without loss $(spread bucket 1), with little $(spread bucket 2);" \
    "node: without loss $(spread node 1), with little $(spread node 2), $(awk '$3 == 11' "$work/node" |
        wc -l) of $node_runs limited by idload" | tee "$HANJIANG_LONG_STATE/result"
awk -v capacity="$capacity" '
    { for (i = 1; i <= 2; i++) if ($i < capacity * 0.95 || $i > capacity * 1.05) bad = 1 }
    END { exit bad || NR == 0 }' "$work/bucket"
rm -rf "$work"
