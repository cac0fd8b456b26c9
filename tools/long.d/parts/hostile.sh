#!/bin/sh
# shellcheck disable=SC2034,SC2154
# For cases in which many hostile clients are at a node beside an honest one. Read after parts/node.sh, whose names it
# uses.

# Forty addresses of loopback that the honest client does not use.
strangers() { awk 'BEGIN { for (i = 1; i <= 40; i++) printf "%s127.0.1.%d", (i > 1 ? "," : ""), i }'; }
resident() { awk '/^VmRSS:/ { print $2 }' "/proc/$node/status"; }

# start_crowded [KEY VALUE]: a node with places for 6,250 connections, and one other key.
start_crowded() {
    # Every sh at hand knows it.
    # shellcheck disable=SC3045
    ulimit -n "$(ulimit -H -n)"
    start_node tcp
    end_node
    configure connections 6250
    [ $# -eq 0 ] || configure "$1" "$2"
    serve
}

# honest: p99 of 1,000 questions a second over connections that stay, in us.
honest() {
    seconds=$1
    # A generator that could not keep up says so by its exit code; wrong and lost answers are looked at below.
    ask --protocol tcp --rate 1000 >"$work/asked.json" || true
    field p99_us <"$work/asked.json"
}

# start_bystander: another node like the one that runs, whom hostile clients can be at instead: what their making takes of
# the machine is then the same. Sets $bystander, its address, and $elsewhere, its process.
start_bystander() {
    mkdir "$work/other"
    "$bin/idnode" init --prefix 88.118 --data "$work/other/data" --config "$work/other/node.toml" >/dev/null
    sed "s|^#*data = .*|data = \"$work/other/data\"|" "$work/node.toml" >"$work/other/node.toml"
    "$bin/idnode" run --config "$work/other/node.toml" 2>"$work/other/log" &
    elsewhere=$!
    until grep -q 'message=ready' "$work/other/log"; do
        kill -0 "$elsewhere"
        sleep 0.1
    done
    bystander=$(sed -n 's/.*listen="*\([0-9.:]*\).*/\1/p' "$work/other/log" | head -n 1)
}

end_bystander() {
    [ -z "${elsewhere:-}" ] || { kill "$elsewhere" && wait "$elsewhere"; } 2>/dev/null || true
    elsewhere=
}

# open_connections CONFIGURATION: as many as that node has open now.
open_connections() {
    "$bin/idctl" status --config "$1" --metrics | awk '/^hanjiang_connections_open\{/ { sum += $2 } END { print sum + 0 }'
}
