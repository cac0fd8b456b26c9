#!/bin/sh
# Case: 2,000,000 rows imported by a prefix's owner, checked against a template, and resolved; 10,000,000 rows checked
set -eu
rows=2000000
dry=10000000
if [ "${HANJIANG_LONG_SMALL:-no}" = yes ]; then rows=5000 dry=20000; fi
work=$HANJIANG_LONG_STATE/work
bin=${HANJIANG_LONG_BIN:-}
echo "$rows rows, and $dry rows with --dry-run" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
if [ -z "$bin" ]; then
    for product in idnode idctl; do swift build -c release --product "$product"; done
    bin=$(swift build -c release --show-bin-path)
fi
node=
end_node() { [ -z "$node" ] || { kill "$node" 2>/dev/null && wait "$node" || true; }; }
trap end_node EXIT
trap 'exit 143' INT TERM

# write_rows COUNT FILE: an identifier, two texts and a number each.
write_rows() {
    awk -v count="$1" 'BEGIN {
        print "identifier,1:URL,2:DESC,2000:maker"
        for (i = 0; i < count; i++)
            printf "88.118.8/part-%d,https://example.org/parts/%d,\"泵 %d, 7 kW\",%08d\n", i, i, i, i
    }' >"$2"
}

rm -rf "$work"
mkdir "$work"
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

cat >"$work/template.json" <<'END'
{"prefix": "88.118.8", "version": "1", "items": [
 {"name": "maker", "idType": "maker", "idIndex": 2000, "required": true, "metadata": {"minLength": 8, "maxLength": 8}},
 {"name": "note", "idType": "note", "idIndex": 2001}]}
END
"$bin/idctl" template create "$work/template.json" --server "$server" --auth 300:0.NA/88.118.8 \
    --key-file "$work/owner.pem" >/dev/null

# measured NAME COMMAND…: runs it; its JSON goes to $work/NAME.json, its largest memory in MiB to $work/NAME.memory.
measured() {
    name=$1
    shift
    "$@" >"$work/$name.json" &
    process=$!
    memory=0
    while kill -0 "$process" 2>/dev/null; do
        now=$(awk '/^VmHWM:/ { print int($2 / 1024) }' "/proc/$process/status" 2>/dev/null || echo 0)
        [ "${now:-0}" -le "$memory" ] || memory=$now
        sleep 0.2
    done
    wait "$process"
    echo "$memory" >"$work/$name.memory"
}
field() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$2"; }

write_rows "$rows" "$work/parts.csv"
measured import "$bin/idctl" import "$work/parts.csv" --server "$server" --auth 300:0.NA/88.118.8 \
    --key-file "$work/owner.pem" --data-template 1 --json
[ "$(field created "$work/import.json")" -eq "$rows" ]
"$bin/idctl" verify "$work/parts.csv" --server "$server"
rm "$work/parts.csv"
write_rows "$dry" "$work/parts.csv"
measured dry "$bin/idctl" import "$work/parts.csv" --server "$server" --dry-run \
    --data-template "$work/template.json" --json
[ "$(field created "$work/dry.json")" -eq "$dry" ]
rate=$(field records_per_second "$work/import.json")
dry_rate=$(field records_per_second "$work/dry.json")
memory=$(cat "$work/import.memory")
echo "$rows created under a template at $rate/s, idctl at most $memory MiB, all the same when resolved; --dry-run $dry_rate/s," \
    "at most $(cat "$work/dry.memory") MiB" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
if [ "${HANJIANG_LONG_SMALL:-no}" != yes ]; then
    awk -v rate="$rate" -v dry="$dry_rate" -v memory="$memory" \
        'BEGIN { exit !(rate >= 10000 && dry >= 200000 && memory <= 200) }' || exit 1
fi
rm -rf "$work"
