#!/bin/sh
# Three nodes for cases that measure one of them: top, and below it secondary-1, which is measured and asks others, and
# secondary-2, whose identifiers it asks for. Read by them with "."; HANJIANG_LONG_BIN and HANJIANG_LONG_SMALL are as in
# parts/node.sh.
# shellcheck disable=SC2034,SC2154  # names of the cases, and of tools/run.d

for part in words programs processes settings federation; do
    # shellcheck source=/dev/null
    . "tools/run.d/$part.sh"
done
# shellcheck source=tools/long.d/parts/fields.sh
. tools/long.d/parts/fields.sh
federated_nodes() {
    echo "top top 88 127.20.0.1 -"
    echo "secondary-1 secondary 88.101 127.20.1.1 top"
    echo "secondary-2 secondary 88.102 127.20.1.2 top"
}
node_count=3
small=${HANJIANG_LONG_SMALL:-no}
language=en
burning=
work=$HANJIANG_LONG_STATE/work
rm -rf "$work"
mkdir "$work"
work=$(CDPATH='' cd -- "$work" && pwd)
end_pair() {
    for process in $burning; do kill "$process" 2>/dev/null || true; done
    for name in $(names_of_nodes); do
        [ ! -s "$work/$name/pid" ] || kill -CONT "$(cat "$work/$name/pid")" 2>/dev/null || true
    done
    stop_federation "$work" || true
}
trap end_pair EXIT
trap 'exit 143' INT TERM

# start_pair COUNT: COUNT identifiers at each node; $work/own.csv are those of the measured one, $work/others.csv not.
start_pair() {
    identifiers=$((3 * $1))
    if [ -n "${HANJIANG_LONG_BIN:-}" ]; then take_programs "$HANJIANG_LONG_BIN"; else build_programs; fi
    port=$(free_port)
    make_federation "$work"
    records_of secondary-1 "$1" >"$work/own.csv"
    records_of secondary-2 "$1" >"$work/others.csv"
    # shellcheck disable=SC2046  # one word each
    start_federated "$work" $(names_of_nodes)
}

# asked FILE OPTION…: the measured node for the identifiers of the file; JSON.
asked() {
    list=$1
    shift
    idload "$(server_of secondary-1)" --replay "$list" --keys uniform --protocol tcp --json "$@"
}

# median FILE: of its first column.
median() { cut -d ' ' -f 1 "$1" | sort -n | awk '{ row[NR] = $1 } END { print row[int((NR + 1) / 2)] }'; }
