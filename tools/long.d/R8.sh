#!/bin/sh
# Case: 1,000 TLS handshakes a second given up or garbage: only their own connections end, everybody else is answered
set -eu
# shellcheck source=tools/long.d/parts/node.sh
. tools/long.d/parts/node.sh
handshakes=120000
seconds=115
if [ "$small" = yes ]; then handshakes=2000 seconds=2; fi
echo "$handshakes handshakes, 1,000 a second" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
start_node tls
load handshakes "$handshakes" "$secure_server" >"$work/load" &
burning=$!
ask --rate 1000 --closed 16 >"$work/asked.json"
wait "$burning"
burning=
# Whoever never went on is closed after ten seconds.
tries=0
until [ "$("$bin/idctl" status --config "$work/node.toml" --metrics |
    awk '/^hanjiang_(connections_open|bytes_buffered)\{/ { sum += $2 } END { print sum }')" -eq 0 ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ]
    sleep 0.1
done
wrong=$(field wrong <"$work/asked.json")
lost=$(field lost <"$work/asked.json")
count=$(field "done" <"$work/load")
rate=$(field perSecond <"$work/load")
end_node
echo "$count given up, $rate/s; of others $wrong wrong, $lost lost" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$count" -gt 0 ] && [ "$wrong" -eq 0 ] && [ "$lost" -eq 0 ] || exit 1
rm -rf "$work"
