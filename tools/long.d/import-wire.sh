#!/bin/sh
# Case: 2,000,000 rows imported by a prefix's owner, checked against a template, and resolved; 10,000,000 rows checked
set -eu
# shellcheck source=tools/long.d/parts/importing.sh
. tools/long.d/parts/importing.sh
rows=2000000
dry=10000000
if [ "$small" = yes ]; then rows=5000 dry=20000; fi
echo "$rows rows, and $dry rows with --dry-run" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"

# write_rows COUNT FILE: an identifier, two texts and a number each.
write_rows() {
    awk -v count="$1" 'BEGIN {
        print "identifier,1:URL,2:DESC,2000:maker"
        for (i = 0; i < count; i++)
            printf "88.118.8/part-%d,https://example.org/parts/%d,\"泵 %d, 7 kW\",%08d\n", i, i, i, i
    }' >"$2"
}

start_node
cat >"$work/template.json" <<'END'
{"prefix": "88.118.8", "version": "1", "items": [
 {"name": "maker", "idType": "maker", "idIndex": 2000, "required": true, "metadata": {"minLength": 8, "maxLength": 8}},
 {"name": "note", "idType": "note", "idIndex": 2001}]}
END
as_owner template create "$work/template.json" >/dev/null

write_rows "$rows" "$work/parts.csv"
measured import 0 "$bin/idctl" import "$work/parts.csv" --server "$server" --auth "$owner" \
    --key-file "$work/owner.pem" --data-template 1 --json
[ "$(field created "$work/import.json")" -eq "$rows" ]
"$bin/idctl" verify "$work/parts.csv" --server "$server"
rm "$work/parts.csv"
write_rows "$dry" "$work/parts.csv"
measured dry 0 "$bin/idctl" import "$work/parts.csv" --server "$server" --dry-run \
    --data-template "$work/template.json" --json
[ "$(field created "$work/dry.json")" -eq "$dry" ]
rate=$(field records_per_second "$work/import.json")
dry_rate=$(field records_per_second "$work/dry.json")
memory=$(cat "$work/import.memory")
echo "$rows created under a template at $rate/s, idctl at most $memory MiB, all the same when resolved; --dry-run $dry_rate/s," \
    "at most $(cat "$work/dry.memory") MiB" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
if [ "$small" != yes ]; then
    awk -v rate="$rate" -v dry="$dry_rate" -v memory="$memory" \
        'BEGIN { exit !(rate >= 10000 && dry >= 200000 && memory <= 200) }' || exit 1
fi
