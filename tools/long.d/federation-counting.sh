#!/bin/sh
# Case: 10,000,000 look-ups at ten nodes, all killed, over midnight, reported twice: at the top by prefix and day
# HANJIANG_LOOKUPS says how many.
# shellcheck disable=SC2034,SC2154  # names of tools/run.d
set -eu
for part in words programs processes settings checks federation; do
    # shellcheck source=/dev/null
    . "tools/run.d/$part.sh"
done
for part in fields clock federated-asking federated-reports; do
    # shellcheck source=/dev/null
    . "tools/long.d/parts/$part.sh"
done
lookups=${HANJIANG_LOOKUPS:-10000000}
pause=2
if [ "${HANJIANG_LONG_SMALL:-no}" = yes ]; then lookups=${HANJIANG_LOOKUPS:-400000} pause=0.3; fi
echo "$lookups look-ups, 10 nodes" >"$HANJIANG_LONG_STATE/size"
echo "not begun" >"$HANJIANG_LONG_STATE/result"
language=en
if [ -n "${HANJIANG_LONG_BIN:-}" ]; then take_programs "$HANJIANG_LONG_BIN"; else build_programs; fi

work=$HANJIANG_LONG_STATE/work
rm -rf "$work"
mkdir "$work"
work=$(CDPATH='' cd -- "$work" && pwd)
port=$(free_port)
identifiers=1400
secondaries=$(names_of_role secondary)
burning=
end_case() {
    for process in $burning; do kill "$process" 2>/dev/null || true; done
    stop_federation "$work" || true
    end_clock
}
trap end_case EXIT
trap 'exit 143' INT TERM
failed() {
    echo "$*" | tee "$HANJIANG_LONG_STATE/result"
    exit 1
}

# The clock of Shanghai, which the nodes go by, and the days that they count for.
clock_reading=$clock_reading_seldom
show_clock() {
    set_clock "$(($(TZ=CST-8 date -d "$1" +%s) - $(date +%s)))"
    sleep 2.5
}
day_one=$(TZ=CST-8 date +%Y-%m-%d)
day_two=$(TZ=CST-8 date -d "$day_one 36 hours" +%Y-%m-%d)
day_three=$(TZ=CST-8 date -d "$day_one 60 hours" +%Y-%m-%d)
show_clock "$day_one 12:00:00"
launch() {
    hold_clock
    by_clock setsid idnode run --config "$1" >"$2" 2>&1 </dev/null &
    launched=$!
}

# Each secondary node has a second prefix, that of a hosted enterprise, and takes everybody for somebody from outside.
make_federation "$work"
for name in $secondaries; do
    second=$(prefix_of "$name").6
    idctl prefix home "$second" --data "$work/$name/data" >/dev/null
    records_below "$second" 20 >"$work/$name/second.csv"
    idctl import --quiet --data "$work/$name/data" "$work/$name/second.csv"
    records_of "$name" "$(share_of "$name")" >"$work/$name/first.csv"
    echo 'origin = "external"' >>"$work/$name/node.toml"
done
# shellcheck disable=SC2086  # one word each
start_federated "$work" top $secondaries
trust_all || failed "a node's ledger did not begin"

wrong_nodes=
repeated=0
for name in $secondaries; do
    run_first "$name" || wrong_nodes="$wrong_nodes $name:exact"
    run_second "$name" || wrong_nodes="$wrong_nodes $name:killed"
    run_retried "$name" || wrong_nodes="$wrong_nodes $name:retried"
done
run_midnight
for name in $secondaries; do
    restart "$name"
    check_days "$name" || wrong_nodes="$wrong_nodes $name:days"
done

# Both days are closed and reported, while each node is killed, and then the top.
show_clock "$day_three 00:11:00"
for name in $secondaries; do restart "$name"; done
restart top
for name in $secondaries; do await_reported "$name" || failed "$name has not reported: see its log in $work"; done
compare_all
[ "$same" -eq 40 ] || wrong_nodes="$wrong_nodes top:$((40 - same))"
first_time=$at_top
report_again || failed "a node did not report again"
again=$(idctl status --config "$work/top/node.toml" --json | field_of_reports repeated)
compare_all
[ "$same" -eq 40 ] && [ "$at_top" -eq "$first_time" ] && [ "$again" -ge 20 ] || wrong_nodes="$wrong_nodes top:again"
at_nodes=0
for name in $secondaries; do
    at_nodes=$((at_nodes + $(counts_of "$name" "$(prefix_of "$name").6" "$day_one") + $(count_of first) +
        $(count_of midnight) + retried))
done
[ "$at_top" -eq "$at_nodes" ] || wrong_nodes="$wrong_nodes top:sum"
stop_federation "$work" || wrong_nodes="$wrong_nodes end"

in_ledgers=0
exact=0
answered=0
for name in $secondaries; do
    if check_ledger "$name"; then exact=$((exact + 1)); else wrong_nodes="$wrong_nodes $name:ledger"; fi
    answered=$((answered + $(answered_second "$name")))
done
lost=$((lookups - at_top))
echo "$lookups asked, $at_top at the top, in each of 40 pairs of prefix and day what the node counted; the other $lost went to" \
    "nodes killed under load ($answered of $((10 * $(count_of second))) answered); $repeated repeated datagrams not counted," \
    "$again reports that came again added nothing; $in_ledgers in the ledgers of $exact nodes, one changed byte found in each;" \
    "wrong:${wrong_nodes:- none}" | tee "$HANJIANG_LONG_STATE/result"
[ -z "$wrong_nodes" ] && [ "$in_ledgers" -eq "$at_top" ] || exit 1
rm -rf "$work"
