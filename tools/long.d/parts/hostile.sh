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

# beside_hostile MODE CONNECTIONS SECONDS: opens CONNECTIONS of MODE from forty addresses, and asks honestly while they
# are there. Sets $alone and $beside, the honest p99 in us; $wrong and $lost, of the honest; $most, the most connections
# open; $before and $during, the node's memory in KiB.
beside_hostile() {
    honest 3 >/dev/null
    alone=$(honest 10)
    before=$(resident)
    "$bin/idload" hostile "$server" --mode "$1" --connections "$2" --rate 10000 --seconds "$3" \
        --source-addresses "$(strangers)" --json >"$work/hostile.json" &
    burning=$!
    sleep 2
    most=$(sum hanjiang_connections_open)
    during=$(resident)
    beside=$(honest "$(($3 > 15 ? 10 : 2))")
    wrong=$(field wrong <"$work/asked.json")
    lost=$(field lost <"$work/asked.json")
    wait "$burning"
    burning=
}
