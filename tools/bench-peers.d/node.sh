#!/bin/sh
# shellcheck disable=SC2034,SC2154
# The node that tools/bench-peers and tools/bench-clients measure, with the priority of a measurement. Read by them with
# ".", and shares its names with them.

# The programs, unless $bin says where they are.
build_programs() {
    [ -z "$bin" ] || return 0
    for product in idnode idctl idload echo-server; do swift build -c release --product "$product" >&2; done
    bin=$(swift build -c release --show-bin-path)
}

# Run by root, server and load go before all other work on the machine; where Linux groups processes by session, the
# session must be told, or "nice" counts only inside it.
group=/proc/self/autogroup
go_first() {
    first="taskset -c 0" second="taskset -c 1"
    [ "$(id -u)" -eq 0 ] || return 0
    first="nice -n -20 $first" second="nice -n -20 $second"
    [ ! -w $group ] || echo -20 >$group
}
go_back() { [ "$(id -u)" -ne 0 ] || [ ! -w "$group" ] || echo 0 >"$group"; }

# A node of one worker with $identifiers identifiers, which are in identifiers.txt; what $work has is used again. Sets
# $answer_bytes, the bytes of its mean answer.
make_node() {
    [ -f "$work/registry.csv" ] ||
        tools/registry --prefix 88.118 --identifiers "$identifiers" --output "$work" --format csv >/dev/null
    cut -d, -f1 "$work/registry.csv" | tail -n +2 >"$work/identifiers.txt"
    rm -rf "$work/data" "$work/node.toml"
    "$bin/idnode" init --prefix 88.118 --data "$work/data" --config "$work/node.toml" >/dev/null
    "$bin/idctl" prefix home --data "$work/data" --from "$work/prefixes.txt" >/dev/null
    "$bin/idctl" import --data "$work/data" --no-verify "$work/registry.csv" >"$work/import.txt" 2>&1 ||
        { cat "$work/import.txt"; exit 1; }
    printf '\n[[listen]]\naddress = "127.0.0.1"\nport = 0\n' >>"$work/node.toml"
    sed -i 's/^#workers = 0/workers = 1/' "$work/node.toml"
    # Envelope 20, header 24, identifier with its length, values with their number, no credential.
    answer_bytes=$(awk -v wire="$(awk '$1 == "mean_wire_bytes" { print $2 }' "$work/summary.txt")" \
        '{ sum += length($0) } END { printf "%.0f", 20 + 24 + 4 + sum / NR + 4 + wire + 4 }' "$work/identifiers.txt")
}

start_node() { # [CONFIGURATION]
    : >"$work/log"
    $first "$bin/idnode" run --config "${1:-$work/node.toml}" 2>"$work/log" &
    node_pid=$!
    until grep -q 'message=ready' "$work/log"; do sleep 0.002; done
    node_port=$(sed -n 's/.*listen="*127.0.0.1:\([0-9]*\).*/\1/p' "$work/log")
    secure_port=$(sed -n 's/.*listen="127.0.0.1:[0-9]* 127.0.0.1:\([0-9]*\)".*/\1/p' "$work/log")
    "$bin/idctl" resolve "$(tail -n 1 "$work/identifiers.txt")" --server "127.0.0.1:$node_port" --udp >/dev/null
}
