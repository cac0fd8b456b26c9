#!/bin/sh
# shellcheck disable=SC2034,SC2154
# For cases that import over the wire: a release node whose prefix 88.118.8 has an owner, and what a run of idctl took.
# Read by them with ".", and shares its names with them. HANJIANG_LONG_BIN names a folder of built programs,
# HANJIANG_LONG_SMALL=yes asks for a run that only shows that the case works.
work=$HANJIANG_LONG_STATE/work
small=${HANJIANG_LONG_SMALL:-no}
bin=${HANJIANG_LONG_BIN:-}
node=
owner=300:0.NA/88.118.8
end_importing() {
    status=$?
    [ -z "$node" ] || { kill "$node" 2>/dev/null && wait "$node" || true; }
    [ "$status" -ne 0 ] || rm -rf "$work"
}
trap end_importing EXIT
trap 'exit 143' INT TERM

# start_node: a new node of 88.118 with nothing in it; sets $server. $work/owner.pem is the key of 88.118.8's owner.
start_node() {
    rm -rf "$work"
    mkdir "$work"
    if [ -z "$bin" ]; then
        for product in idnode idctl; do swift build -c release --product "$product"; done
        bin=$(swift build -c release --show-bin-path)
    fi
    "$bin/idnode" init --prefix 88.118 --data "$work/data" --config "$work/node.toml" >/dev/null
    printf '\n[[listen]]\naddress = "127.0.0.1"\nport = 0\n' >>"$work/node.toml"
    "$bin/idnode" run --config "$work/node.toml" 2>"$work/log" &
    node=$!
    until grep -q 'message=ready' "$work/log"; do
        kill -0 "$node"
        sleep 0.1
    done
    server=$(sed -n 's/.*listen="*\([0-9.:]*\).*/\1/p' "$work/log" | head -n 1)
    "$bin/idctl" key new --type ed25519 --out "$work/owner.pem" >/dev/null
    "$bin/idctl" prefix allot 88.118.8 --name Owner --admin-key "$work/owner.pem.pub" \
        --config "$work/node.toml" >/dev/null
}

# as_owner COMMAND…: idctl with the owner's rights on that node.
as_owner() { "$bin/idctl" "$@" --server "$server" --auth "$owner" --key-file "$work/owner.pem"; }

# measured NAME SECONDS COMMAND…: runs it, and has it stop after so many seconds (0: never); its JSON goes to
# $work/NAME.json, its progress to $work/NAME.log, its largest memory in MiB to $work/NAME.memory.
measured() {
    name=$1
    left=$(($2 * 5))
    shift 2
    "$@" >"$work/$name.json" 2>"$work/$name.log" &
    process=$!
    memory=0
    while kill -0 "$process" 2>/dev/null; do
        now=$(awk '/^VmHWM:/ { print int($2 / 1024) }' "/proc/$process/status" 2>/dev/null || echo 0)
        [ "${now:-0}" -le "$memory" ] || memory=$now
        left=$((left - 1))
        # A shell's child in the background has SIGINT ignored; SIGTERM means the same to idctl.
        [ "$left" -ne 0 ] || kill -TERM "$process"
        sleep 0.2
    done
    status=0
    wait "$process" || status=$?
    echo "$memory" >"$work/$name.memory"
    [ "$status" -eq 0 ] || [ "$status" -eq 130 ] || {
        cat "$work/$name.log" >&2
        return 1
    }
}
field() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$2"; }
