#!/bin/sh
# The look-ups of federation-counting, node by node. Read by it with "."; what is its own has its names.
# shellcheck disable=SC2034,SC2154  # names of the case, and of tools/run.d

# Of each node's share: a quarter for the hosted prefix, a tenth over midnight, five asked for by datagrams that are sent again.
retried=5
count_of() {
    case $1 in
        second) echo $((lookups / 40)) ;;
        midnight) echo $((lookups / 100)) ;;
        retried) echo "$retried" ;;
        first) echo $((lookups / 10 - $(count_of second) - $(count_of midnight) - retried)) ;;
    esac
}

# restart NAME: after SIGKILL.
restart() {
    kill -KILL "$(cat "$work/$1/pid")"
    wait "$(cat "$work/$1/pid")" 2>/dev/null || true
    start_federated "$work" "$1"
}

# ask NAME RUN OPTION…: a part of that run, in the shell's place, so that a signal to it comes to the tool.
ask() {
    asked_node=$1
    run=$2
    shift 2
    identifiers_of=$run
    [ "$run" != midnight ] || identifiers_of=first
    exec idload "$(server_of "$asked_node")" --replay "$work/$asked_node/$identifiers_of.csv" --keys uniform --protocol tcp \
        --count "$(count_of "$run")" --state "$work/$asked_node/$run.state" --control "$work/$asked_node/data/control.sock" \
        --json "$@" >"$work/$asked_node/$run.json" 2>"$work/$asked_node/$run.log"
}

# interrupted SIGNAL NAME RUN: a part that is ended by a signal.
interrupted() {
    (ask "$2" "$3" --closed 256) &
    burning=$!
    sleep "$pause"
    kill -"$1" "$burning" 2>/dev/null || true
    wait "$burning" 2>/dev/null || true
    burning=
}

# is_exact NAME RUN: all was asked, and the node counted each.
is_exact() {
    [ "$(field asked <"$work/$1/$2.json")" -eq "$(count_of "$2")" ] &&
        [ "$(field node_counted <"$work/$1/$2.json")" -eq "$(count_of "$2")" ]
}

# The tool is interrupted and killed, and the node killed in between: every look-up is counted, and none twice.
run_first() {
    # A shell's child in the background has SIGINT ignored; SIGTERM means the same to idload.
    interrupted TERM "$1" first
    restart "$1"
    interrupted KILL "$1" first
    sleep 1
    restart "$1"
    (ask "$1" first --closed 256) || { cat "$work/$1/first.log" >&2; return 1; }
    is_exact "$1" first
}

# The node is killed under load: what was answered is counted, and no more than was sent.
run_second() {
    (ask "$1" second --closed 256) &
    burning=$!
    until [ "$(counts_of "$1" "$(prefix_of "$1").6" "$day_one")" -gt 0 ]; do kill -0 "$burning" 2>/dev/null || break; done
    restart "$1"
    kill -TERM "$burning" 2>/dev/null || true
    wait "$burning" 2>/dev/null || true
    burning=
    # It ends with 10 where questions were lost, as they were.
    (ask "$1" second --closed 256) || true
    counted=$(counts_of "$1" "$(prefix_of "$1").6" "$day_one")
    [ "$(field asked <"$work/$1/second.json")" -eq "$(count_of second)" ] && [ "$counted" -le "$(count_of second)" ] &&
        [ "$counted" -ge "$(answered_second "$1")" ]
}
answered_second() { sed 's/.*"totals"//' "$work/$1/second.json" | field right; }

# The node is stopped until clients have sent their questions again: each is answered, and counted once.
run_retried() {
    before=$(repeated_of "$1")
    kill -STOP "$(cat "$work/$1/pid")"
    asking=
    for number in $(seq "$retried"); do
        idctl resolve "$(prefix_of "$1")/item-$number" --server "$(server_of "$1")" --udp --quiet >/dev/null &
        asking="$asking $!"
    done
    sleep 2
    kill -CONT "$(cat "$work/$1/pid")"
    for process in $asking; do wait "$process" || return 1; done
    again=$(($(repeated_of "$1") - before))
    repeated=$((repeated + again))
    [ "$again" -ge "$retried" ]
}

# repeated_of NAME: datagrams that it has taken for repetitions.
repeated_of() { idctl count --config "$work/$1/node.toml" --day "$day_one" --json | sed 's/.*"total"//' | field repeated; }

# run_midnight: every node is asked for forty seconds, and once all of them have begun it is midnight.
run_midnight() {
    asking=
    for name in $secondaries; do
        (ask "$name" midnight --rate "$(($(count_of midnight) / 40))" --timeout 20000) &
        asking="$asking $!"
    done
    burning=$asking
    for name in $secondaries; do
        until [ "$(counts_of "$name" "$(prefix_of "$name")" "$day_one")" -gt "$(($(count_of first) + retried))" ]; do
            kill -0 "$(cat "$work/$name/pid")"
            sleep 0.1
        done
    done
    show_clock "$day_one 23:59:56"
    for process in $asking; do wait "$process" || true; done
    burning=
    for name in $secondaries; do is_exact "$name" midnight || wrong_nodes="$wrong_nodes $name:midnight"; done
}

# counts_of NAME PREFIX DAY [--data]: the queries for the prefix that the node has counted that day; of a node that does not
# run with --data.
counts_of() {
    if [ "${4:-}" = --data ]; then set -- "$1" "$2" "$3" --data "$work/$1/data"; else
        set -- "$1" "$2" "$3" --config "$work/$1/node.toml"
    fi
    idctl count "$4" "$5" --day "$3" --by-prefix --json | sed 's/{"prefix"/\n&/g' |
        grep -F "{\"prefix\":\"$2\"" | field resolution_requests | awk '{ sum += $1 } END { print sum + 0 }'
}
