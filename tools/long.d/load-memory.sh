#!/bin/sh
# Case: idload for an hour as fast as it can, over pipelined TCP to a bare echo: what memory it has does not grow
set -eu
seconds=3600
if [ "${HANJIANG_LONG_SMALL:-no}" = yes ]; then seconds=20; fi
work=$HANJIANG_LONG_STATE/work
bin=${HANJIANG_LONG_BIN:-}
rm -rf "$work"
mkdir "$work"
echo "$seconds s" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
if [ -z "$bin" ]; then
    for product in idload echo-server; do swift build -c release --product "$product"; done
    bin=$(swift build -c release --show-bin-path)
fi
echo_pid='' load_pid=''
end() {
    for process in $load_pid $echo_pid; do kill "$process" 2>/dev/null && wait "$process" || true; done
}
trap end EXIT
trap 'exit 143' INT TERM

awk 'BEGIN { for (i = 0; i < 100000; i++) print "88.118.8/item-" i }' >"$work/names"
: >"$work/echo"
"$bin/echo-server" 0 300 0 tcp >"$work/echo" &
echo_pid=$!
until [ -s "$work/echo" ]; do sleep 0.1; done
"$bin/idload" "127.0.0.1:$(head -n 1 "$work/echo")" --protocol tcp --connections 2 --replay "$work/names" --keys zipf:1.0 \
    --closed 1024 --seconds "$seconds" --json --csv "$work/seconds" >"$work/result.json" 2>"$work/errors" &
load_pid=$!
# Memory each second, in KiB (proc_pid_status(5)).
while kill -0 "$load_pid" 2>/dev/null; do
    awk '/^VmRSS:/ { print $2 }' "/proc/$load_pid/status" >>"$work/memory" 2>/dev/null || true
    sleep 1
done
status=0
wait "$load_pid" || status=$?
load_pid=
# What a run has taken after a sixtieth of it, and at its end.
read -r early late <<END
$(awk '{ size[NR] = $1 } END { print size[int(NR / 60) + 2], size[NR - 1] }' "$work/memory")
END
growth=$(awk -v early="$early" -v late="$late" 'BEGIN { printf "%.2f", (late - early) * 100 / early }')
figure() { grep -o "\"$1\":[0-9.]*" "$work/result.json" | head -n 1 | cut -d : -f 2; }
echo "$(figure answered) answers, $(figure rate | cut -d . -f 1)/s, wrong $(figure wrong), lost $(figure lost); $early KiB, at the end" \
    "$late KiB: grown by $growth %" >"$HANJIANG_LONG_STATE/result"
cat "$HANJIANG_LONG_STATE/result"
[ "$status" -eq 0 ]
[ "$(figure wrong)" -eq 0 ]
awk -v growth="$growth" 'BEGIN { exit !(growth < 5) }'
rm -rf "$work"
