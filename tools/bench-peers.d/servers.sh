#!/bin/sh
# shellcheck disable=SC2034,SC2154
# The contestants of tools/bench-peers, configured alike: one worker, loopback, no rate limit, no journal, nothing sent
# elsewhere. Read by it with ".", and shares its names with it.

# Writes the configurations, with free ports.
settings() {
    nsd_port=$(free_port)
    candidate=$nsd_port
    knot_port=$(free_port)
    candidate=$knot_port
    powerdns_port=$(free_port)
    mkdir -p "$work/nsd" "$work/knot" "$work/powerdns"
    cat >"$work/nsd/nsd.conf" <<EOF
server:
    ip-address: 127.0.0.1@$nsd_port
    server-count: 1
    username: ""
    database: ""
    zonesdir: "$work"
    pidfile: "$work/nsd/pid"
    xfrdfile: "$work/nsd/xfrd.state"
    xfrdir: "$work/nsd"
    zonelistfile: "$work/nsd/zone.list"
    logfile: "$work/nsd/log"
    zonefiles-check: no
    minimal-responses: yes
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
remote-control:
    control-enable: no
zone:
    name: $zone
    zonefile: "$work/zone"
EOF
    cat >"$work/knot/knot.conf" <<EOF
server:
    rundir: "$work/knot"
    listen: 127.0.0.1@$knot_port
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
log:
  - target: stderr
    any: warning
database:
    storage: "$work/knot"
zone:
  - domain: $zone
    file: "$work/zone"
    zonefile-load: whole
    zonefile-sync: -1
    journal-content: none
EOF
    cat >"$work/powerdns/pdns.conf" <<EOF
launch=lmdb
lmdb-filename=$work/powerdns/pdns.lmdb
local-address=127.0.0.1
local-port=$powerdns_port
receiver-threads=1
distributor-threads=1
socket-dir=$work/powerdns
setuid=
setgid=
security-poll-suffix=
loglevel=3
EOF
}

# Has PowerDNS import the zone, and says in how many seconds.
load_powerdns() {
    [ ! -f "$work/powerdns/loaded" ] || return 0
    begin=$(now)
    pdnsutil --config-dir="$work/powerdns" load-zone "$zone" "$work/zone" >"$work/powerdns/log" 2>&1
    since "$begin" >"$work/powerdns/loaded"
}

# shellcheck disable=SC2034 # the ports are read by name
start_echo() {
    : >"$work/echo"
    $first "$bin/echo-server" 0 "$answer_bytes" 0 >"$work/echo" &
    echo_pid=$!
    until [ -s "$work/echo" ]; do sleep 0.002; done
    echo_port=$(head -n 1 "$work/echo")
}
start_echo_tcp() {
    : >"$work/echo_tcp"
    $first "$bin/echo-server" 0 "$answer_bytes" 0 tcp >"$work/echo_tcp" &
    echo_tcp_pid=$!
    until [ -s "$work/echo_tcp" ]; do sleep 0.002; done
    echo_tcp_port=$(head -n 1 "$work/echo_tcp")
}
start_nsd() {
    $first nsd -d -c "$work/nsd/nsd.conf" 2>"$work/nsd/err" &
    nsd_pid=$!
    first_answer "$nsd_port" "$nsd_pid"
}
start_knot() {
    $first knotd -c "$work/knot/knot.conf" >"$work/knot/log" 2>&1 &
    knot_pid=$!
    first_answer "$knot_port" "$knot_pid"
}
start_powerdns() {
    $first pdns_server --config-dir="$work/powerdns" --daemon=no --guardian=no >"$work/powerdns/log" 2>&1 &
    powerdns_pid=$!
    first_answer "$powerdns_port" "$powerdns_pid"
}
# Waits until port $1 of process $2 answers.
first_answer() {
    until $second "$bin/idload" "dns://127.0.0.1:$1" --id "$(cat "$work/first")" --dns-type TXT --count 1 --closed 1 \
        --timeout 50 >/dev/null 2>&1; do
        kill -0 "$2" || { echo "bench-peers: a name server ended; see $work" >&2; exit 1; }
        sleep 0.002
    done
}

