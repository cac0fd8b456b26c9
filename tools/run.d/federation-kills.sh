# Nodes of the federation killed one after the other: what can be answered is answered, nothing hangs, and all recovers
# alone; sourced by tools/run-federation.
# shellcheck shell=sh
# shellcheck disable=SC2154  # names of tools/run-federation and federation-once.sh

# Values of the watched identifiers are good for two seconds.
watched_milliseconds=2500
# The longest that an answer may take while a node is gone: three datagrams, then TCP.
answer_milliseconds_max=20000
# The longest until a node that runs again is asked again, and until its stale answers are fresh: a silent server is left
# alone, and a stale answer used again, for 30 s at most.
recovery_milliseconds_max=60000

# Each node in turn; one of each role for --quick.
check_kills() {
    protocol=udp
    if [ "$once" = quick ]; then chosen="top secondary-1 enterprise-1"; else chosen=$(names_of_nodes); fi
    for killed in $chosen; do check_kill "$killed"; done
}

# check_kill NAME: one line with all that was seen; `near` is a node that asks NAME for others.
check_kill() {
    near=$(foreign_to "$1" udp)
    faults=
    longest=0
    { [ "$(few_elsewhere "$1" "$near")" -eq 20 ] && ask_watched "$1" "$near"; } || faults="$faults before"
    kill -KILL "$(cat "$folder/$1/pid")"
    wait "$(cat "$folder/$1/pid")" 2>/dev/null || true
    rm "$folder/$1/pid"
    gone=$(milliseconds)
    others=$(sum_over_nodes few_unless "$1")
    [ "$others" -eq "$((20 * (node_count - 1)))" ] || faults="$faults others"
    kept=$(few_elsewhere "$1" "$near")
    [ "$kept" -eq 20 ] || faults="$faults cached"
    until [ "$(($(milliseconds) - gone))" -ge "$watched_milliseconds" ]; do sleep 0.2; done
    ask_watched "$1" "$near" stale || faults="$faults stale"
    ask_unknown "$1" "$near" || faults="$faults unknown"
    recover "$1" "$near" || faults="$faults recovery"
    figures="others $others/$((20 * (node_count - 1))), cached $kept/20, stale and marked $marked/3, longest $longest ms, back in $recovered ms"
    figures_zh="其余节点 $others/$((20 * (node_count - 1)))，缓存 $kept/20，过期应答（带标记）$marked/3，最长 $longest 毫秒，恢复用时 $recovered 毫秒"
    if [ -z "$faults" ]; then
        passed "kill -9 $1: $figures" "kill -9 $1：$figures_zh"
    else
        failed "kill -9 $1:$faults: $figures" "kill -9 $1：$faults：$figures_zh"
    fi
}

milliseconds() { date +%s%3N; }

# timed COMMAND…: sets $longest, if it took longer than all before.
timed() {
    since=$(milliseconds)
    ending=0
    "$@" || ending=$?
    took=$(($(milliseconds) - since))
    [ "$took" -le "$longest" ] || longest=$took
    return "$ending"
}

# few_right NAME: for how many of twenty identifiers of its own that node gives their values.
few_right() {
    limited idctl verify "$folder/$1/few.csv" --server "$(server_of "$1")" --udp --lang en >"$folder/$1/verified" 2>&1 || true
    same=$(grep -oE '[0-9]+ same' "$folder/$1/verified" | tr -dc '0-9')
    [ "${same:-0}" -eq 20 ] || cat "$folder/$1/verified" >&2
    echo "${same:-0}"
}

# few_unless KILLED NAME: the same, and 0 where it is the one that was killed.
few_unless() { if [ "$1" = "$2" ]; then echo 0; else few_right "$2"; fi; }

# few_elsewhere OWNER NODE: for how many of twenty identifiers of OWNER that NODE gives their values. Not by idctl verify,
# which looks at the TTL too: in a cache that goes down.
few_elsewhere() { load "$1" "$(server_of "$2")" --expect "$folder/$1/few.csv" --verify full; }

# ask_watched OWNER NODE [stale]: whether NODE answers for the watched identifiers of OWNER, each soon enough and, if that
# is said, marked as stale, else not marked. Sets $marked, how many are.
ask_watched() {
    watched_records "$1" | sed 1d >"$folder/watched"
    marked=0
    answered=0
    while read -r row; do
        if timed resolves "$2" "$row"; then answered=$((answered + 1)); else cat "$folder/answer" "$folder/complaint" >&2; fi
        if grep -q '"stale":true' "$folder/answer"; then marked=$((marked + 1)); fi
    done <"$folder/watched"
    if [ -n "${3:-}" ]; then due=3; else due=0; fi
    [ "$answered" -eq 3 ] && [ "$marked" -eq "$due" ] && [ "$longest" -le "$answer_milliseconds_max" ]
}

# ask_unknown OWNER NODE: what nobody has asked for cannot be answered while OWNER is gone: NODE says so, and soon.
ask_unknown() {
    timed code_of "$(prefix_of "$1")/never-asked-for" "$2" >"$folder/code"
    if [ "$(cat "$folder/code")" -ne 2 ] || [ "$longest" -gt "$answer_milliseconds_max" ]; then
        cat "$folder/answer" "$folder/complaint" >&2
        return 1
    fi
}

# recover NAME NODE: starts it again, and waits until NODE has asked it for what it did not know. Sets $recovered, the
# milliseconds that took.
recover() {
    back=$(milliseconds)
    recovered=-1
    start_federated "$folder" "$1" || return 1
    asked_for=0
    until [ "$(code_of "$(prefix_of "$1")/nobody-has-asked-$asked_for" "$2")" -eq 100 ]; do
        [ "$(($(milliseconds) - back))" -lt "$recovery_milliseconds_max" ] || return 1
        sleep 0.3
        asked_for=$((asked_for + 1))
    done
    recovered=$(($(milliseconds) - back))
    [ "$(few_right "$1")" -eq 20 ]
}

# code_of IDENTIFIER NODE: the response code; 0 if there is none.
code_of() {
    limited idctl resolve "$1" --server "$(server_of "$2")" --json >"$folder/answer" 2>"$folder/complaint" </dev/null || true
    number_of code "$folder/answer"
}

# What was answered out of time is fresh again, without a hand.
check_fresh() {
    protocol=udp
    longest=0
    fresh=0
    for name in $chosen; do
        back=$(milliseconds)
        until ask_watched "$name" "$(foreign_to "$name" udp)" 2>/dev/null; do
            [ "$(($(milliseconds) - back))" -lt "$recovery_milliseconds_max" ] || continue 2
            sleep 0.5
        done
        fresh=$((fresh + 1))
    done
    check "$fresh" "$(echo "$chosen" | wc -w)" "killed nodes have no stale answers left elsewhere"         "个被终止过的节点在别处不再有过期应答"
}
