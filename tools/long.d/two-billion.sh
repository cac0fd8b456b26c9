#!/bin/sh
# Case: 2,000,000,000 resolutions over TCP by one node with 1,000,000 identifiers; values compared, and the node's count the same
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
count=2000000000
identifiers=1000000
if [ "$small" = yes ]; then count=20000000 identifiers=10000; fi
echo "$count resolutions of $identifiers identifiers" >"$HANJIANG_LONG_STATE/size"
# The node with its data, the run's state and what came of it stay between parts.
if [ ! -f "$work/ready" ]; then
    echo "not begun" >"$HANJIANG_LONG_STATE/result"
    rm -rf "$work"
    mkdir -p "$work"
    tools/registry --prefix 88.118 --identifiers "$identifiers" --output "$work" --format csv >"$work/registry.log"
    "$bin/idnode" init --prefix 88.118 --data "$work/data" --config "$work/node.toml" >/dev/null
    "$bin/idctl" prefix home --data "$work/data" --from "$work/prefixes.txt" >/dev/null
    "$bin/idctl" import --data "$work/data" --no-verify "$work/registry.csv" >/dev/null
    printf '\n[[listen]]\naddress = "127.0.0.1"\nport = 0\n' >>"$work/node.toml"
    # A run that goes on finds its node where it was.
    configure workers 1
    serve
    end_node
    sed "s|^port = 0$|port = ${server##*:}|" "$work/node.toml" >"$work/node.changed"
    mv "$work/node.changed" "$work/node.toml"
    : >"$work/ready"
fi
serve taskset -c 0
trap 'kill -TERM "$burning" 2>/dev/null || true; wait "$burning" || true; burning=; exit 75' TERM INT
taskset -c 1 "$bin/idload" "$server" --expect "$work/registry.csv" --verify full --keys uniform --protocol tcp \
    --connections 8 --closed 512 --count "$count" --state "$work/state" --control "$control" --json \
    --report "$work/report.html" >"$work/counted.json" 2>"$work/counted.log" &
burning=$!
status=0
wait "$burning" || status=$?
burning=
trap 'exit 143' INT TERM
number() { field "$1" <"$work/counted.json"; }
echo "$(number asked) asked in $(number parts) parts, $(number answered) answered, $(number wrong) wrong, $(number lost) lost;" \
    "the node counted $(number node_counted), unexplained $(number unexplained); $(number rate)/s" |
    tee "$HANJIANG_LONG_STATE/result"
end_node
[ "$status" -eq 0 ] && [ "$(number asked)" -eq "$count" ] && [ "$(number node_counted)" -eq "$count" ] || exit 1
if [ "$small" = no ]; then
    # The command that the report tells is to be another machine's, too.
    sed "s|$work/||g; s|$bin/||g" "$work/counted.json" >docs/benchmarks/two-billion.json
    sed "s|$work/||g; s|$bin/||g" "$work/report.html" >docs/benchmarks/two-billion.html
fi
rm -rf "$work"
