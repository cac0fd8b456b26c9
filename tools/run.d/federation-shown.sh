# tools/run-federation until Ctrl-C: what runs where, and how to ask it; sourced by tools/run-federation.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034  # names of tools/run-federation; port is federation.sh's

run_in_foreground() {
    port=2641
    shown=run/federation-$identifiers
    folder=$(pwd)/$shown  # as the configurations want it
    if [ -e "$folder/complete" ]; then
        say "using the data in $shown" "使用 $shown 中已有的数据"
    else
        # Unfinished work of an earlier run; nothing but this script's own.
        rm -rf "$folder"
        mkdir -p "$folder"
        make_federation "$folder"
    fi
    interrupted=no
    trap 'stop_federation "$folder" || true' EXIT
    trap 'interrupted=yes' INT
    trap 'interrupted=terminated' TERM HUP
    # shellcheck disable=SC2046  # one word each
    start_federated "$folder" $(names_of_nodes) || exit 1
    if ! [ -e "$folder/complete" ]; then
        join_federation "$folder" || exit 1
        : >"$folder/complete"
    fi
    show_federation
    # shellcheck disable=SC2046
    while [ "$interrupted" = no ] && all_run $(names_of_nodes); do
        sleep 1 &
        wait $! || true  # cut short by the signal
    done
    if [ "$interrupted" = no ]; then
        cat "$folder/$ended/node.log" >&2
        say "$ended ended by itself; its last words are above" "$ended 自行退出，上面是它的最后输出"
        exit 1
    fi
    stop_federation "$folder" || exit 1
    say "stopped" "已停止"
    if [ "$interrupted" = yes ]; then exit 130; fi
}

# all_run NAME…: whether all of them do; else $ended is one that does not.
all_run() {
    for ended; do kill -0 "$(cat "$folder/$ended/pid")" 2>/dev/null || return 1; done
}

show_federation() {
    say "These nodes answer:" "以下节点正在应答："
    federated_nodes | awk -v port="$port" '{ printf "    %-13s %-10s %-9s %s:%s\n", $1, $2, $3, $4, port }'
    say "Ask an owner, the top, which refers, and a node that asks others for you:" \
        "可以询问所有者、顶级节点（只给出转介）以及代为递归的节点："
    cat <<SHOWN

    $bin/idctl resolve 88.101.5/item-1 --server $(server_of enterprise-1)
    $bin/idctl resolve 88.101/item-1 --server $(server_of top)
    $bin/idctl resolve 88.101.5/item-1 --server $(server_of secondary-7)
    $bin/idctl status --config $shown/secondary-7/node.toml

SHOWN
    say "Ctrl-C stops them all; the log of each is $shown/NAME/node.log" "按 Ctrl-C 全部停止；日志在 $shown/节点名/node.log"
}
