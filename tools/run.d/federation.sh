# The nodes of tools/run-federation, how they are made, started and stopped; sourced by it.
# shellcheck shell=sh
# shellcheck disable=SC2154  # identifiers and launched are set elsewhere

# Which node has moved, and its address now.
moved_node=
moved_address=

# federated_nodes: name, role, prefix, address and name of the node above, one node a line, those above first.
# All have one port: on loopback each node has an address to itself, as on machines of their own.
federated_nodes() {
    planned_nodes | awk -v moved="$moved_node" -v to="$moved_address" '$1 == moved { $4 = to } { print }'
}
planned_nodes() {
    echo "top top 88 127.20.0.1 -"
    for number in 1 2 3 4 5 6 7 8 9 10; do
        echo "secondary-$number secondary 88.$((100 + number)) 127.20.1.$number top"
    done
    echo "enterprise-1 enterprise 88.101.5 127.20.2.1 secondary-1"
    echo "enterprise-2 enterprise 88.104.5 127.20.2.2 secondary-4"
    echo "enterprise-3 enterprise 88.108.5 127.20.2.3 secondary-8"
}
node_count=14

# An enterprise without a node of its own: its secondary node answers for it.
hosted_prefix=88.102.6
hosting_node=secondary-2

# field_of NAME FIELD: of the table above; 2 role, 3 prefix, 4 address, 5 the node above.
field_of() { federated_nodes | awk -v name="$1" -v field="$2" '$1 == name { print $field }'; }
prefix_of() { field_of "$1" 3; }
server_of() { echo "$(field_of "$1" 4):$port"; }
names_of_nodes() { federated_nodes | cut -d ' ' -f 1; }
names_of_role() { federated_nodes | awk -v role="$1" '$2 == role { print $1 }'; }

# records_of NAME COUNT: its first identifiers as a registry in CSV, made while it is read.
records_of() { records_below "$(prefix_of "$1")" "$2"; }

hosted_records() { records_below "$hosted_prefix" 20; }

# The value of each record names it, so that no other can pass for it.
records_below() {
    awk -v prefix="$1" -v count="$2" 'BEGIN {
        print "identifier,1:URL,2:SERIAL"
        for (i = 1; i <= count; i++) printf "%s/item-%d,https://example.org/%s/%d,no. %d\n", prefix, i, prefix, i, i
    }'
}

# share_of NAME: how many of the identifiers it has; together they are all.
share_of() {
    names_of_nodes | awk -v name="$1" -v all="$identifiers" -v nodes="$node_count" '$1 == name {
        print int(all / nodes) + (NR <= all % nodes)
    }'
}

# make_federation FOLDER: the data and configuration of every node.
make_federation() {
    say "making $node_count nodes with $identifiers identifiers" "正在建立 $node_count 个节点，共 $identifiers 个标识"
    for name in $(names_of_nodes); do make_federated_node "$name" "$1/$name"; done
    # Who answers for 88 itself: the level above, whoever asks.
    printf 'identifier,1:HS_SERV\n0.NA/88,0.NA/0.NA\n' | idctl import --quiet --data "$1/top/data" --format csv - >&2
    idctl prefix home "$hosted_prefix" --data "$1/$hosting_node/data" >/dev/null
    hosted_records | idctl import --quiet --data "$1/$hosting_node/data" --format csv - >&2
}

make_federated_node() {
    mkdir -p "$2"
    above=$(field_of "$1" 5)
    if [ "$above" = - ]; then set -- "$1" "$2"; else set -- "$1" "$2" --above "$(server_of "$above")"; fi
    made=$1 in=$2
    shift 2
    idnode init --role "$(field_of "$made" 2)" --prefix "$(prefix_of "$made")" "$@" \
        --data "$in/data" --config "$in/node.toml" >/dev/null
    configure_federated_node "$made" "$in/node.toml"
    records_of "$made" "$(share_of "$made")" | idctl import --quiet --data "$in/data" --format csv - >&2
    watched_records "$made" | idctl import --quiet --data "$in/data" --format csv - >&2
}

# Fourteen on one machine: one thread each, tables for few prefixes, and little memory.
configure_federated_node() {
    set_key "$2" node workers 1
    set_key "$2" counting prefix_slots 256
    set_key "$2" counting source_entries 1024
    set_key "$2" storage index_capacity 16384
    # Secondary nodes ask others for their own enterprises; the others refer.
    if [ "$(field_of "$1" 2)" = secondary ]; then
        set_key "$2" recursion enabled '"on"'
        set_key "$2" recursion cache_memory '"16 MiB"'
    fi
    # Each one keeps its site at the node above.
    [ "$(field_of "$1" 5)" = - ] || set_key "$2" federation route true
    add_listener "$2" "$(field_of "$1" 4)" "$port"
}

# watched_records NAME: three identifiers whose values others keep for two seconds.
watched_records() {
    awk -v prefix="$(prefix_of "$1")" 'BEGIN {
        print "identifier,1:URL:2"
        for (i = 1; i <= 3; i++) printf "%s/watched-%d,https://example.org/%s/watched-%d\n", prefix, i, prefix, i
    }'
}

# join_federation FOLDER: has each node, which all run, taken in by the one above it; returns when each has its site
# there, and fails, and shows what a node says, if one has not within 60 s.
join_federation() {
    for name in $(names_of_nodes); do
        above=$(field_of "$name" 5)
        [ "$above" != - ] || continue
        write_key "$1/$name" || return 1
        idctl federation join "$(prefix_of "$name")" --site "$(server_of "$name")" --key "$1/$name/key.pem" \
            --config "$1/$above/node.toml" >/dev/null
    done
    for name in $(names_of_nodes); do
        [ "$(field_of "$name" 5)" = - ] || await_route "$name" "$1" || return 1
    done
}

# write_key FOLDER: the key of the node there, which has one some seconds after its first start.
write_key() {
    tries=0
    until idctl federation key --config "$1/node.toml" "$1/key.pem" >/dev/null 2>"$1/complaint"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ]; then
            cat "$1/complaint" >&2
            return 1
        fi
        sleep 0.2 || true  # cut short by a signal
    done
}

# await_route NAME FOLDER: until the node above has this node's site.
await_route() {
    tries=0
    until timeout 10 idctl status --config "$2/$1/node.toml" --json 2>/dev/null | grep -q '"route":{"state":"current"'; do
        tries=$((tries + 1))
        if [ "$tries" -gt 300 ]; then
            idctl status --config "$2/$1/node.toml" --json | grep -oE '"route":[^}]*' >&2
            say "$1: the node above does not have its site" "$1：上级节点没有它的站点"
            return 1
        fi
        sleep 0.2 || true  # cut short by a signal
    done
}

# start_federated NAME FOLDER…: returns when all of them answer; `NAME/pid` has the process id of each.
start_federated() {
    started=$1
    shift
    for name in "$@"; do
        launch "$started/$name/node.toml" "$started/$name/node.log"
        echo "$launched" >"$started/$name/pid"
    done
    for name in "$@"; do
        await_ready "$(cat "$started/$name/pid")" "$started/$name/node.toml" "$started/$name/node.log" || return 1
    done
}

# stop_federation FOLDER: those that run, all at a time. Fails if one does not end with 0.
stop_federation() {
    ending=
    for name in $(names_of_nodes); do
        [ -s "$1/$name/pid" ] || continue
        process=$(cat "$1/$name/pid")
        rm "$1/$name/pid"
        kill -TERM "$process" 2>/dev/null || true
        ending="$ending $process"
    done
    unclean=0
    for process in $ending; do await_end "$process" || unclean=$((unclean + 1)); done
    [ "$unclean" -eq 0 ]
}
