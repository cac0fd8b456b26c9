# The node of `tools/first-time`: started and stopped as an operator does; sourced, never run.
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # work, home, port and node are tools/first-time's

# listen_on PORT: instead of 2641, which may be taken on this machine.
listen_on() {
    [ -e "$work/as-made.toml" ] || cp "$home/node.toml" "$work/as-made.toml"
    { cat "$work/as-made.toml" && printf '\n[[listen]]\naddress = "127.0.0.1"\nport = %s\n' "$1"; } >"$home/node.toml"
}

# starts_node: returns when it is ready.
starts_node() {
    : >"$work/output"
    run_node
    while ! is_ready; do
        # Somebody else has the port.
        [ "$port" -lt "$portMax" ] || broken "no free port up to $portMax"
        port=$((port + 1))
        listen_on "$port"
        run_node
    done
    writes_down operator 'idnode run --config node.toml 2>node.log & echo $! >node.pid' 0
}

run_node() {
    : >"$home/node.log"
    (cd "$home" && exec idnode run --config node.toml 2>>node.log </dev/null) &
    node=$!
    echo "$node" >"$home/node.pid"
}

# is_ready: fails if the node has ended because its port was taken.
is_ready() {
    tries=0
    until grep -q 'message=ready' "$home/node.log"; do
        tries=$((tries + 1))
        if ! kill -0 "$node" 2>/dev/null; then
            node=
            ! grep -q 'in use' "$home/node.log" || return 1
            tries=1000
        fi
        [ "$tries" -lt 300 ] || {
            cp "$home/node.log" "$work/output"
            broken "the node did not start"
        }
        sleep 0.1
    done
}

# stops_node: by its number, as an operator does; it must end with 0.
stops_node() {
    # shellcheck disable=SC2016  # the typed command's
    types operator 0 'kill "$(cat node.pid)"'
    status=0
    wait "$node" || status=$?
    node=
    cp "$home/node.log" "$work/output"
    [ "$status" -eq 0 ] || broken "the node ended with exit code $status"
}

# identifiers: how many the node has.
identifiers() {
    (cd "$home" && idctl status --config node.toml --json) 2>/dev/null |
        sed -n 's/.*"identifiers":\([0-9]*\).*/\1/p'
}
