#!/bin/sh
# Case: 1,000,000 identifiers, every one resolved over UDP and over TCP and compared with its own values
set -eu
count=1000000
work=$HANJIANG_LONG_STATE/work
echo "$count identifiers, twice" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
for product in idnode idctl; do swift build -c release --product "$product"; done
bin=$(swift build -c release --show-bin-path)
rm -rf "$work"
mkdir "$work"
tools/registry --prefix 88.118 --identifiers "$count" --output "$work" --format csv >"$work/registry.log"
"$bin/idnode" init --prefix 88.118 --data "$work/data" --config "$work/node.toml"
"$bin/idctl" prefix home --data "$work/data" --from "$work/prefixes.txt"
"$bin/idctl" import --data "$work/data" --no-verify "$work/registry.csv"
printf '\n[[listen]]\naddress = "127.0.0.1"\nport = 0\n' >>"$work/node.toml"
sed -i "s|^#socket = \"\"|socket = \"$(mktemp -u)\"|" "$work/node.toml"

"$bin/idnode" run --config "$work/node.toml" 2>"$work/log" &
node=$!
trap 'kill "$node" 2>/dev/null || true' EXIT
until grep -q 'message=ready' "$work/log"; do
    kill -0 "$node"
    sleep 0.1
done
server=127.0.0.1:$(sed -n 's/.*listen=127.0.0.1:\([0-9]*\).*/\1/p' "$work/log")
status=0
"$bin/idctl" verify "$work/registry.csv" --server "$server" --both >"$work/verified" 2>&1 || status=$?
tail -n 3 "$work/verified"
absent=0
"$bin/idctl" resolve 88.118.oui/NO-SUCH-BLOCK --server "$server" >"$work/absent" 2>&1 || absent=$?
foreign=0
"$bin/idctl" resolve 10.1000/1 --server "$server" >"$work/foreign" 2>&1 || foreign=$?
echo "$(tail -n 1 "$work/verified"); unknown exits $absent, foreign exits $foreign" >"$HANJIANG_LONG_STATE/result"
kill "$node"
wait "$node"
trap - EXIT
rm -rf "$work"
[ "$status" -eq 0 ] && [ "$absent" -eq 3 ] && [ "$foreign" -eq 3 ]
