# Starting and stopping a node's process; sourced by tools/run and tools/run-federation after words.sh.
# shellcheck shell=sh

# launch CONFIGURATION LOG: starts a node. Sets $launched, its process id.
launch() {
    # A session of its own: a Ctrl-C at the terminal reaches this script, which then asks the node to stop, once.
    setsid idnode run --config "$1" >"$2" 2>&1 </dev/null &
    launched=$!
}

# await_ready PROCESS CONFIGURATION LOG: returns when the node answers on its control socket; fails, and shows the log, if
# it ends or takes longer than 60 s.
await_ready() {
    tries=0
    until timeout 10 idctl status --config "$2" >/dev/null 2>&1; do
        tries=$((tries + 1))
        if ! kill -0 "$1" 2>/dev/null || [ "$tries" -gt 300 ]; then
            cat "$3" >&2
            say "the node did not start; its last words are above" "节点未能启动，上面是它的最后输出"
            return 1
        fi
        sleep 0.1 || true  # cut short by a signal
    done
}

# end_process PROCESS: stops a node as an operator would. Fails if it does not end with 0 within 15 s.
end_process() {
    kill -TERM "$1" 2>/dev/null || true
    await_end "$1"
}

# await_end PROCESS: waits for a node that has been told to end: a second signal would hurry it. Kills it after 15 s.
await_end() {
    (
        tries=0
        while [ "$tries" -lt 150 ] && kill -0 "$1" 2>/dev/null; do
            tries=$((tries + 1))
            sleep 0.1
        done
        kill -KILL "$1" 2>/dev/null
    ) &
    watchdog=$!
    status=0
    wait "$1" || status=$?
    kill "$watchdog" 2>/dev/null || true
    wait "$watchdog" 2>/dev/null || true
    return "$status"
}
