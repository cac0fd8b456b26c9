#!/bin/sh
# What federation-counting holds against the look-ups: the top's figures, and each node's ledger. Read by it with ".".
# shellcheck disable=SC2034,SC2154  # names of the case, and of tools/run.d

# trust_all: the top believes what the nodes report, once their ledgers have begun.
trust_all() {
    for name in $secondaries; do
        tries=0
        until idctl federation key --config "$work/$name/node.toml" "$work/$name/report.pem" >/dev/null 2>&1; do
            tries=$((tries + 1))
            [ "$tries" -lt 300 ] || return 1
            sleep 0.5
        done
        idctl federation trust "$(prefix_of "$name")" "$work/$name/report.pem" --config "$work/top/node.toml" >/dev/null
    done
}

# await_reported NAME: returns when the top has acknowledged the node's second day.
await_reported() {
    tries=0
    until idctl status --config "$work/$1/node.toml" --json | has_reported; do
        tries=$((tries + 1))
        [ "$tries" -lt 240 ] || return 1
        sleep 0.5
    done
}
has_reported() {
    grep '"reports":{"state":"idle"' | grep '"waiting_days":0' | grep -q "\"acknowledged_day\":\"$day_two\""
}

# reported PREFIX-OF-NODE PREFIX DAY: the queries that the top has for the prefix on that day.
reported() {
    idctl federation show "$1" --day "$3" --config "$work/top/node.toml" --json | sed 's/.*"day"//; s/{"prefix"/\n&/g' |
        grep -F "{\"prefix\":\"$2\"" | field received | awk '{ sum += $1 } END { print sum + 0 }'
}

# compare_all: of every node, prefix and day the node's own count and the top's; sets $same and $at_top, their sum.
compare_all() {
    same=0
    at_top=0
    for name in $secondaries; do
        for prefix in "$(prefix_of "$name")" "$(prefix_of "$name").6"; do
            for day in "$day_one" "$day_two"; do
                own=$(counts_of "$name" "$prefix" "$day")
                top=$(reported "$(prefix_of "$name")" "$prefix" "$day")
                echo "$prefix $day: $own at the node, $top at the top"
                [ "$own" -ne "$top" ] || same=$((same + 1))
                at_top=$((at_top + top))
            done
        done
    done >"$work/compared"
    return 0
}

# check_days NAME: what was asked for is what was counted, both days together, and midnight lay in between.
check_days() {
    before=$(counts_of "$1" "$(prefix_of "$1")" "$day_one")
    after=$(counts_of "$1" "$(prefix_of "$1")" "$day_two")
    [ "$((before + after))" -eq "$(($(count_of first) + $(count_of midnight) + retried))" ] &&
        [ "$after" -gt 0 ] && [ "$after" -lt "$(count_of midnight)" ]
}

# report_again: told of another server above, which is the same one, each node reports everything once more.
report_again() {
    for name in $secondaries; do
        sed 's/^above = \["\([^"]*\)"\]/above = ["\1", "\1"]/' "$work/$name/node.toml" >"$work/$name/node.new"
        ! cmp -s "$work/$name/node.toml" "$work/$name/node.new" || return 1
        mv "$work/$name/node.new" "$work/$name/node.toml"
        restart "$name"
    done
    for name in $secondaries; do
        tries=0
        until [ "$(idctl status --config "$work/$name/node.toml" --json | field_of_reports sent)" -ge 2 ]; do
            tries=$((tries + 1))
            [ "$tries" -lt 240 ] || return 1
            sleep 0.5
        done
        await_reported "$name" || return 1
    done
}

# field_of_reports NAME: that member of "reports" in a node's status.
field_of_reports() { sed 's/.*"reports":{/{/' | field "$1"; }

# check_ledger NAME: a stopped node's entries have what the counts have, and are signed; a file of them with one byte changed
# is found out. Adds to $in_ledgers.
check_ledger() {
    closed=0
    counted=0
    for day in "$day_one" "$day_two"; do
        idctl ledger show --data "$work/$1/data" --from "$day" --to "$day" --json 2>/dev/null >"$work/$1/day.json"
        closed=$((closed + $(field resolution_requests <"$work/$1/day.json")))
        for prefix in "$(prefix_of "$1")" "$(prefix_of "$1").6"; do
            counted=$((counted + $(counts_of "$1" "$prefix" "$day" --data)))
        done
    done
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
    [ "$closed" -eq "$counted" ] && [ "$found" -eq 5 ]
}
