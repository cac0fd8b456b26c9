#!/bin/sh
# shellcheck disable=SC2034,SC2154
# For cases that measure a node under administration's load: a release node, the loads, and what CPU they took.
# Read by them with ".", and shares its names with them. HANJIANG_LONG_BIN names a folder of built programs,
# HANJIANG_LONG_SMALL=yes asks for a run that only shows that the case works.
work=$HANJIANG_LONG_STATE/work
small=${HANJIANG_LONG_SMALL:-no}
bin=${HANJIANG_LONG_BIN:-}
node=
burning=
if [ -z "$bin" ]; then
    for product in idnode idctl idload administration-bench; do swift build -c release --product "$product"; done
    bin=$(swift build -c release --show-bin-path)
fi
end_node() {
    for process in $burning $node; do kill "$process" 2>/dev/null || true; done
    for process in $burning $node; do wait "$process" 2>/dev/null || true; done
    burning=
    node=
}
trap end_node EXIT
trap 'exit 143' INT TERM

# start_node tcp|tls: a new node of 88.118 with 20,000 identifiers of 88.118.8 to ask for; sets $server, $control, and
# where it speaks TLS too, $secure_server.
start_node() {
    rm -rf "$work"
    mkdir "$work"
    awk 'BEGIN {
        print "identifier,1:URL,2:DESC"
        for (i = 0; i < 20000; i++) printf "88.118.8/item-%d,https://example.org/%d,no. %d\n", i, i, i % 17
    }' >"$work/asked.csv"
    "$bin/idnode" init --prefix 88.118 --data "$work/data" --config "$work/node.toml" >/dev/null
    "$bin/idctl" prefix home --data "$work/data" 88.118.8 >/dev/null
    "$bin/idctl" import --data "$work/data" --no-verify "$work/asked.csv" >/dev/null
    if [ "$1" = tls ]; then
        "$bin/administration-bench" certificate "$work"
        awk -v work="$work" '{ print } /^\[tls\]$/ {
            print "addresses = [\"127.0.0.1\"]\nport = 0"
            print "certificate = \"" work "/node.pem\"\nkey = \"" work "/node.key\""
        }' "$work/node.toml" >"$work/node.tls"
        mv "$work/node.tls" "$work/node.toml"
    fi
    printf '\n[[listen]]\naddress = "127.0.0.1"\nport = 0\n' >>"$work/node.toml"
    serve
}

# serve [COMMAND...]: runs the node as its configuration is by now, under COMMAND (taskset -c 0); sets what start_node sets.
serve() {
    : >"$work/log"
    "$@" "$bin/idnode" run --config "$work/node.toml" 2>"$work/log" &
    node=$!
    until grep -q 'message=ready' "$work/log"; do
        kill -0 "$node"
        sleep 0.1
    done
    server=$(sed -n 's/.*listen="*\([0-9.:]*\).*/\1/p' "$work/log" | head -n 1)
    secure_server=$(sed -n 's/.*listen="[0-9.:]* \([0-9.:]*\)".*/\1/p' "$work/log" | head -n 1)
    control=$work/data/control.sock
}

# configure KEY VALUE: changes a key of the configuration for the next start.
configure() {
    sed "s|^#*$1 = .*|$1 = $2|" "$work/node.toml" >"$work/node.changed"
    mv "$work/node.changed" "$work/node.toml"
}

# sum NAME: a metric over all workers.
sum() {
    "$bin/idctl" status --config "$work/node.toml" --metrics |
        awk -v name="$1{" 'index($1, name) == 1 { sum += $2 } END { printf "%d\n", sum }'
}

# shellcheck source=tools/long.d/parts/fields.sh
. tools/long.d/parts/fields.sh
ask() { "$bin/idload" "$server" --replay "$work/asked.csv" --keys uniform --seconds "$seconds" --json "$@"; }
load() { "$bin/administration-bench" "$server" "$control" load "$@"; }
metric() { "$bin/idctl" status --config "$work/node.toml" --metrics | awk -v name="$1" '$1 == name { print int($2) }'; }

# Seconds of CPU that the node has taken so far (proc_pid_stat(5)).
node_cpu() { awk '{ print ($14 + $15) / 100 }' "/proc/$node/stat"; }

# compare_loads LOAD THREADS BURSTS: resolution at a fifth of what the node can do, in pairs: beside the load, and beside
# as much CPU taken for nothing by as many threads as the load keeps at work, of node and client, each for as long at a
# time as pieces of that work take (milliseconds, one after the other). One thread alone would leave the other cores to
# resolution, which the load does not. Writes ratio, p99 beside the load and p99 beside the other, in us, to $work/ratios; sets $median
# and $p99, the medians.
compare_loads() {
    rate=$(ask --closed 64 | field rate | awk '{ printf "%d", $1 / 5 }')
    before=$(node_cpu)
    ask --rate "$rate" --closed 16 >/dev/null
    alone=$(node_cpu | awk -v before="$before" '{ print $1 - before }')
    : >"$work/ratios"
    : >"$work/loads"
    for _ in $(seq "$pairs"); do
        before=$(node_cpu)
        load "$1" "$((seconds + 2))" >"$work/load" &
        burning=$!
        sleep 1
        loaded=$(ask --rate "$rate" --closed 16 | field p99_us)
        wait "$burning"
        burning=
        # What the load took of node and client, on average, without what resolution takes by itself.
        share=$({ node_cpu; field cpuSeconds <"$work/load"; } | awk -v before="$before" -v alone="$alone" \
            -v seconds="$((seconds + 2))" '{ sum += $1 } END { share = (sum - before - alone) / seconds; print (share > 0 ? share : 0) }')
        "$bin/administration-bench" burn "$share" "$((seconds + 2))" "$2" "$3" &
        burning=$!
        sleep 1
        burnt=$(ask --rate "$rate" --closed 16 | field p99_us)
        wait "$burning"
        burning=
        cat "$work/load" >>"$work/loads"
        echo "$loaded $burnt $share" | awk '{ printf "%.2f %d %d %.2f\n", $1 / $2, $1, $2, $3 }' | tee -a "$work/ratios"
    done
    median=$(cut -d ' ' -f 1 "$work/ratios" | sort -n | sed -n "$(((pairs + 1) / 2))p")
    p99=$(cut -d ' ' -f 2 "$work/ratios" | sort -n | sed -n "$(((pairs + 1) / 2))p")
}
