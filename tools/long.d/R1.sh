#!/bin/sh
# Case: 10,000 questions a second from one /24 for the largest answer UDP carries: bytes out per byte in, errors too
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
seconds=10
rate=10000
if [ "$small" = yes ]; then seconds=2 rate=2000; fi
echo "$rate questions a second for $seconds s from one /24" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# ratio NAME [OPTION...]: loads the node with what $work/NAME.csv names, and says bytes out per byte in.
ratio() {
    in=$(sum hanjiang_bytes_received_udp_total) out=$(sum hanjiang_bytes_sent_udp_total)
    list=$work/$1.csv
    shift
    "$bin/idload" "$server" --replay "$list" --seconds "$seconds" --rate "$rate" --json "$@" >"$work/asked.json" || true
    in=$(($(sum hanjiang_bytes_received_udp_total) - in)) out=$(($(sum hanjiang_bytes_sent_udp_total) - out))
    echo "$out $in" | awk '{ printf "%.3f", $1 / $2 }'
}
start_node tcp
end_node
# 14,000 bytes of a value: 29 packets.
awk 'BEGIN {
    text = "x"
    while (length(text) < 14000) text = text substr(text, 1, 14000 - length(text))
    print "identifier,1:LONG\n88.118.8/large," text
}' >"$work/large.csv"
printf 'identifier,1:URL\n88.118.8/nobody,x\n' >"$work/none.csv"
"$bin/idctl" import --data "$work/data" --no-verify "$work/large.csv" >/dev/null
# A naive server, and one that limits loopback too.
for mode in off on; do
    configure mode "\"$mode\""
    configure allow '[]'
    # shellcheck disable=SC2119
    serve
    errors=$(ratio none)
    # What came before is credit for ten seconds.
    sleep 11
    large=$(ratio large)
    echo "$mode $large $errors" >>"$work/ratios"
    end_node
done
result=$(awk '{ printf "%slimit %s: %s bytes out per byte in, errors %s", (NR > 1 ? "; " : ""), $1, $2, $3 }' "$work/ratios")
echo "$result" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
awk '$1 == "on" && $2 > 1.5 { exit 1 } $3 > 1 { exit 1 } $1 == "off" && $2 < 10 { exit 1 }' "$work/ratios"
rm -rf "$work"
