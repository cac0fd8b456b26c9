# `tools/run --once`: a whole node in a folder of its own, asked from outside; sourced by tools/run.
# shellcheck shell=sh
# shellcheck disable=SC2154  # prefix, node and the steps are tools/run's

sample_size=20
answers=0

run_once() {
    folder=$(mktemp -d)
    trap 'stop_node || true; rm -rf "$folder"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    make_node "$folder" 0
    choose_sample
    start_node "$folder"
    idctl status --config "$folder/node.toml" --json >"$folder/status.json"
    server=$(listener '127\.0\.0\.1')

    check_sample UDP "$server"
    check_sample TCP "$server" --tcp
    if has_ipv6_loopback; then
        server6=$(listener '\[::1\]')
        check_sample "UDP, IPv6" "$server6"
    else
        say "SKIPPED: IPv6, as this machine has no ::1" "跳过：IPv6（本机没有 ::1）"
    fi
    check_refusal 100 "${first%%/*}/no-such-part"
    check_refusal 301 88.999.1/part
    check_load
    check_counts
    if [ "$wrong" -ne 0 ]; then
        say "FAILED: $wrong checks" "失败：$wrong 项检查"
        exit 1
    fi
    say "all checks passed" "所有检查均通过"
}

# listener ADDRESS-PATTERN: the `ADDRESS:PORT` that the node has bound, out of its status.
listener() {
    found=$(grep -oE "\"$1:[0-9]+\"" "$folder/status.json" | head -n 1 | tr -d '"')
    if [ -z "$found" ]; then
        say "the status names no listener on $1" "状态中没有 $1 的监听地址"
        exit 1
    fi
    echo "$found"
}

# Takes identifiers from all over the registry: sample.txt lists them, expected/N holds what the Nth must answer with,
# one JSON string per line.
choose_sample() {
    mkdir "$folder/expected"
    LC_ALL=C awk -v size="$sample_size" -v folder="$folder" -f tools/registry-sample.awk \
        pass=1 "$folder/registry.csv" pass=2 "$folder/registry.csv" pass=3 "$folder/registry.csv"
    first=$(head -n 1 "$folder/sample.txt")
}

# check_sample NAME SERVER [--tcp]: every identifier of the sample answers with its own values.
check_sample() {
    name=$1 asked=$2
    shift 2
    number=0
    matching=0
    while read -r identifier; do
        number=$((number + 1))
        if idctl resolve "$identifier" --server "$asked" --json "$@" \
            >"$folder/answer" 2>"$folder/complaint" </dev/null; then
            answers=$((answers + 1))
            sed 's,\\/,/,g' "$folder/answer" >"$folder/answer.plain"
            if holds_all "$folder/expected/$number" "$folder/answer.plain"; then
                matching=$((matching + 1))
                continue
            fi
        fi
        cat "$folder/answer" "$folder/complaint" >&2
        say "not the values of $identifier" "不是 $identifier 的值"
    done <"$folder/sample.txt"
    if [ "$matching" -eq "$number" ] && [ "$number" -gt 0 ]; then
        passed "$name: $matching identifiers resolve to their own values" "$name：$matching 个标识解析出各自的值"
    else
        failed "$name: $matching of $number identifiers resolve to their own values" \
            "$name：$number 个标识中有 $matching 个解析出各自的值"
    fi
}

# holds_all STRINGS TEXT: each line of STRINGS, of which there must be some, occurs in TEXT.
holds_all() {
    [ -s "$1" ] || return 1
    while read -r text; do
        grep -qF -- "$text" "$2" || return 1
    done <"$1"
}

# check_refusal CODE IDENTIFIER: the node answers, with that response code; 100 is the programs' exit code 3.
check_refusal() {
    status=0
    idctl resolve "$2" --server "$server" --json >"$folder/answer" 2>&1 </dev/null || status=$?
    case $1,$status in
        100,3 | 301,[1-9]*) matches=yes ;;
        *) matches=no ;;
    esac
    if [ "$matches" = yes ] && grep -qE "(^|[^0-9])$1([^0-9]|\$)" "$folder/answer"; then
        answers=$((answers + 1))
        passed "$2 is refused with code $1" "$2 以响应码 $1 被拒绝"
    else
        cat "$folder/answer" >&2
        failed "$2: exit $status, expected response code $1" "$2：退出码 $status，应为响应码 $1"
    fi
}

check_load() {
    status=0
    idload "$server" --seconds 2 --closed 64 --keys uniform --replay "$folder/sample.txt" --json >"$folder/load.json" </dev/null || status=$?
    answered=$(number_of answered "$folder/load.json")
    answers=$((answers + answered))
    if [ "$status" -eq 0 ] && [ "$answered" -gt 0 ]; then
        passed "load for 2 s: $answered answers" "加载测试 2 秒：$answered 个应答"
    else
        cat "$folder/load.json" >&2
        failed "load: exit $status, $answered answers" "加载测试：退出码 $status，$answered 个应答"
    fi
}

# What was answered is counted, and a stop loses nothing of it.
check_counts() {
    say "counts of the running node, by origin:" "运行中的计数（按来源类别）："
    idctl count --config "$folder/node.toml"
    idctl count --config "$folder/node.toml" --json >"$folder/count.json"
    running=$(sum_of received "$folder/count.json")
    status=0
    stop_node || status=$?
    if [ "$status" -eq 0 ]; then
        passed "SIGTERM stops the node cleanly" "SIGTERM 使节点正常停止"
    else
        cat "$folder/node.log" >&2
        failed "the node ended with exit code $status after SIGTERM" "节点收到 SIGTERM 后退出码为 $status"
    fi
    say "counts after the stop:" "停止后的计数："
    idctl count --data "$folder/data"
    idctl count --data "$folder/data" --json >"$folder/count.json"
    stopped=$(sum_of received "$folder/count.json")
    if [ "$stopped" -ge "$answers" ] && [ "$stopped" -ge "$running" ]; then
        passed "$stopped counted, $answers answers received" "计数 $stopped，收到应答 $answers"
    else
        failed "$stopped counted ($running while running), but $answers answers received" \
            "计数 $stopped（运行中 $running），但收到应答 $answers"
    fi
}
