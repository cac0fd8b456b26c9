#!/bin/sh
# Case: 10,000,000 look-ups over ten nodes, with tool and nodes killed: each is in its node's counts and ledger, by prefix
# HANJIANG_LOOKUPS says how many.
# shellcheck disable=SC2034,SC2154  # names of tools/run.d
set -eu
for part in words programs processes settings checks federation; do
    # shellcheck source=/dev/null
    . "tools/run.d/$part.sh"
done
# shellcheck source=tools/long.d/parts/fields.sh
. tools/long.d/parts/fields.sh
lookups=${HANJIANG_LOOKUPS:-10000000}
pause=2
if [ "${HANJIANG_LONG_SMALL:-no}" = yes ]; then lookups=${HANJIANG_LOOKUPS:-400000} pause=0.3; fi
echo "$lookups look-ups, 10 nodes" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
# Debian's libfaketime brings the day after next, so that the ledger is closed.
library=$(find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)
if [ -z "$library" ]; then
    echo "libfaketime is needed: apt-get install faketime" >&2
    exit 69
fi
language=en
if [ -n "${HANJIANG_LONG_BIN:-}" ]; then take_programs "$HANJIANG_LONG_BIN"; else build_programs; fi

work=$HANJIANG_LONG_STATE/work
rm -rf "$work"
mkdir "$work"
work=$(CDPATH='' cd -- "$work" && pwd)
port=$(free_port)
identifiers=1400
burning=
sleeping=
end_case() {
    for process in $burning $sleeping; do kill "$process" 2>/dev/null || true; done
    stop_federation "$work" || true
}
trap end_case EXIT
trap 'exit 143' INT TERM

# Each secondary node has a second prefix, that of a hosted enterprise, and takes everybody for somebody from outside.
make_federation "$work"
for name in $(names_of_role secondary); do
    second=$(prefix_of "$name").6
    idctl prefix home "$second" --data "$work/$name/data" >/dev/null
    records_below "$second" 20 >"$work/$name/second.csv"
    idctl import --quiet --data "$work/$name/data" "$work/$name/second.csv"
    records_of "$name" "$(share_of "$name")" >"$work/$name/first.csv"
    echo 'origin = "external"' >>"$work/$name/node.toml"
done

# restart NAME: after SIGKILL.
restart() {
    kill -KILL "$(cat "$work/$1/pid")"
    wait "$(cat "$work/$1/pid")" 2>/dev/null || true
    start_federated "$work" "$1"
}

# ask NAME first|second: one part of that run, in the shell's place, so that a signal to it comes to the tool.
ask() {
    exec idload "$(server_of "$1")" --replay "$work/$1/$2.csv" --keys uniform --protocol tcp --closed 256 \
        --count "$(count_of "$2")" --state "$work/$1/$2.state" --control "$work/$1/data/control.sock" --json \
        >"$work/$1/$2.json" 2>"$work/$1/$2.log"
}
# Three quarters are under the node's own prefix.
count_of() {
    if [ "$1" = first ]; then echo $((lookups / 10 - lookups / 40)); else echo $((lookups / 40)); fi
}

# interrupted SIGNAL NAME RUN: a part that is ended by a signal.
interrupted() {
    (ask "$2" "$3") &
    burning=$!
    sleep "$pause"
    kill -"$1" "$burning" 2>/dev/null || true
    wait "$burning" 2>/dev/null || true
    burning=
}

# The tool is interrupted and killed, and the node killed in between: every look-up is counted, and none twice.
run_first() {
    # A shell's child in the background has SIGINT ignored; SIGTERM means the same to idload.
    interrupted TERM "$1" first
    restart "$1"
    interrupted KILL "$1" first
    sleep 1
    restart "$1"
    (ask "$1" first) || { cat "$work/$1/first.log" >&2; return 1; }
    [ "$(field asked <"$work/$1/first.json")" -eq "$(count_of first)" ] &&
        [ "$(field node_counted <"$work/$1/first.json")" -eq "$(count_of first)" ]
}

# The node is killed under load: what was answered is counted, and no more than was sent.
run_second() {
    (ask "$1" second) &
    burning=$!
    until [ "$(counts_of "$1" "$(prefix_of "$1").6" --config "$work/$1/node.toml")" -gt 0 ]; do
        kill -0 "$burning" 2>/dev/null || break
    done
    restart "$1"
    kill -TERM "$burning" 2>/dev/null || true
    wait "$burning" 2>/dev/null || true
    burning=
    # It ends with 10 where questions were lost, as they were.
    (ask "$1" second) || true
    counted=$(counts_of "$1" "$(prefix_of "$1").6" --config "$work/$1/node.toml")
    [ "$(field asked <"$work/$1/second.json")" -eq "$(count_of second)" ] &&
        [ "$counted" -le "$(count_of second)" ] &&
        [ "$counted" -ge "$(sed 's/.*"totals"//' "$work/$1/second.json" | field right)" ]
}

# counts_of NAME PREFIX WHERE…: the queries for the prefix that the node has counted that day.
counts_of() {
    counted_prefix=$2
    shift 2
    idctl count "$@" --day "$day" --by-prefix --json | sed 's/{"prefix"/\n&/g' |
        grep -F "{\"prefix\":\"$counted_prefix\"" | field resolution_requests | awk '{ sum += $1 } END { print sum + 0 }'
}

day=$(TZ=Asia/Shanghai date +%Y-%m-%d)
wrong_nodes=
# shellcheck disable=SC2046  # one word each
start_federated "$work" $(names_of_role secondary)
for name in $(names_of_role secondary); do
    run_first "$name" || wrong_nodes="$wrong_nodes $name:exact"
    run_second "$name" || wrong_nodes="$wrong_nodes $name:killed"
done
if [ "$(TZ=Asia/Shanghai date +%Y-%m-%d)" != "$day" ]; then
    echo "a new day began meanwhile; run it again" | tee "$HANJIANG_LONG_STATE/result"
    exit 1
fi
stop_federation "$work"

# Left to itself the library moves the environment, by which Swift's programs find their arguments: its shared memory is
# made beforehand, and stays as long as this sleeps.
# shellcheck disable=SC2016
faketime -f +0 sh -c 'echo "$$ $FAKETIME_SHARED" >"$0"; exec sleep 3600' "$work/shared" 2>/dev/null &
until [ -s "$work/shared" ]; do sleep 0.1; done
read -r sleeping shared <"$work/shared"
echo "+172800" >"$work/clock"
by_clock() {
    exec env LD_PRELOAD="$library" FAKETIME_SHARED="$shared" FAKETIME_TIMESTAMP_FILE="$work/clock" FAKETIME_NO_CACHE=1 \
        FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 "$@"
}

# close_day NAME: the node runs the day after next until its ledger has that day.
close_day() {
    by_clock setsid idnode run --config "$work/$1/node.toml" >"$work/$1/node.log" 2>&1 </dev/null &
    echo $! >"$work/$1/pid"
    tries=0
    until (by_clock idctl ledger show --config "$work/$1/node.toml" --json 2>/dev/null) | grep -q "$day"; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || return 1
        sleep 0.2
    done
    sleep 1
    end_process "$(cat "$work/$1/pid")"
    rm "$work/$1/pid"
}
# check_ledger NAME: the day's entry has what the counts have, prefix by prefix, and is signed; a file of it with one byte
# changed is found out. Adds to $in_ledgers.
check_ledger() {
    close_day "$1" || return 1
    counted_first=$(counts_of "$1" "$(prefix_of "$1")" --data "$work/$1/data")
    counted_second=$(counts_of "$1" "$(prefix_of "$1").6" --data "$work/$1/data")
    idctl ledger show --data "$work/$1/data" --from "$day" --to "$day" --json 2>/dev/null >"$work/$1/day.json"
    closed=$(field resolution_requests <"$work/$1/day.json")
    in_ledgers=$((in_ledgers + closed))
    idctl ledger verify --data "$work/$1/data" >"$work/$1/verified" 2>&1 || return 1
    idctl ledger export --data "$work/$1/data" "$work/$1/exported" >/dev/null 2>&1 || return 1
    idctl ledger verify "$work/$1/exported" >/dev/null 2>&1 || return 1
    # Somewhere within; what was there becomes another byte.
    place=$(($(wc -c <"$work/$1/exported") * 2 / 3))
    byte=$(od -An -tu1 -j "$place" -N 1 "$work/$1/exported")
    # shellcheck disable=SC2059  # the octal number is the format
    printf "\\$(printf %03o "$((byte ^ 1))")" | dd of="$work/$1/exported" bs=1 seek="$place" conv=notrunc 2>/dev/null
    found=0
    idctl ledger verify "$work/$1/exported" >/dev/null 2>&1 || found=$?
    [ "$counted_first" -eq "$(count_of first)" ] && [ "$closed" -eq "$((counted_first + counted_second))" ] &&
        [ "$found" -eq 5 ]
}

in_ledgers=0
exact=0
answered=0
counted_killed=0
for name in $(names_of_role secondary); do
    if check_ledger "$name"; then exact=$((exact + 1)); else wrong_nodes="$wrong_nodes $name:ledger"; fi
    counted_killed=$((counted_killed + counted_second))
    answered=$((answered + $(sed 's/.*"totals"//' "$work/$name/second.json" | field right)))
done
echo "$((10 * $(count_of first))) asked of nodes killed between parts, all counted; $((10 * $(count_of second))) of nodes" \
    "killed under load: $answered answered <= $counted_killed counted; $in_ledgers in the ledgers of $exact nodes," \
    "one changed byte found in each; wrong:${wrong_nodes:- none}" | tee "$HANJIANG_LONG_STATE/result"
[ -z "$wrong_nodes" ] || exit 1
rm -rf "$work"
