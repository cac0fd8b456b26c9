# A node of the federation moves to another address: it is found there, and so is the enterprise below it, and nobody but
# its operator has done anything; sourced by tools/run-federation.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034  # names of tools/run-federation, federation.sh and federation-kills.sh

# A secondary node with an enterprise below it, so that sites for derived prefixes move, too.
moving_node=secondary-8
moving_enterprise=enterprise-3
moving_address=127.20.3.8

# One line: the walks from the top lead to the new address; a foreign node that knew the old one asks there what it has not
# asked before, within a minute; all values are right at the new address; the serial at the top has risen.
check_move() {
    protocol=udp
    longest=0
    faults=
    near=$(foreign_to "$moving_node" udp)
    old=$(server_of "$moving_node")
    before=$(serial_at_top)
    [ "$(few_elsewhere "$moving_node" "$near")" -eq 20 ] || faults="$faults before"
    move_node || faults="$faults move"
    back=$(milliseconds)
    walks=0
    for name in "$moving_node" "$moving_enterprise"; do
        if at=$(walk_from_top "$name") && [ "$at" = "$(server_of "$name")" ]; then walks=$((walks + 1)); fi
    done
    found=0
    for name in "$moving_node" "$moving_enterprise"; do
        if found_anew "$name" "$near"; then found=$((found + 1)); fi
    done
    took=$(($(milliseconds) - back))
    after=$(serial_at_top)
    [ "$walks,$found" = 2,2 ] && [ "$(few_right "$moving_node")" -eq 20 ] && [ "$after" -gt "$before" ] ||
        faults="$faults found"
    figures="walks from the top $walks/2, from elsewhere $found/2 in $took ms, serial $before to $after"
    figures_zh="自顶级节点的查找 $walks/2，自其他节点 $found/2（$took 毫秒），序列号 $before 至 $after"
    if [ -z "$faults" ]; then
        passed "$moving_node, moved from $old to $(server_of "$moving_node"), is found there: $figures" \
            "$moving_node 由 $old 迁至 $(server_of "$moving_node") 后可被找到：$figures_zh"
    else
        failed "$moving_node moved from $old:$faults: $figures" "$moving_node 自 $old 迁移：$faults：$figures_zh"
    fi
}

# serial_at_top: that of the node's site there.
serial_at_top() {
    limited idctl resolve "0.NA/$(prefix_of "$moving_node")" --server "$(server_of top)" --json \
        >"$folder/answer" 2>"$folder/complaint" </dev/null || true
    number_of serialNumber "$folder/answer"
}

# move_node: stopped, given its new address, and started again, as its operator would; who is below it is told.
move_node() {
    configured=$folder/$moving_node/node.toml
    clean=0
    end_process "$(cat "$folder/$moving_node/pid")" || clean=1
    rm "$folder/$moving_node/pid"
    replace_address "$configured" "$(field_of "$moving_node" 4)" "$moving_address"
    replace_address "$folder/$moving_enterprise/node.toml" "$(field_of "$moving_node" 4)" "$moving_address"
    moved_node=$moving_node
    moved_address=$moving_address
    start_federated "$folder" "$moving_node" || return 1
    kill -HUP "$(cat "$folder/$moving_enterprise/pid")"
    await_route "$moving_node" "$folder" && await_route "$moving_enterprise" "$folder" && [ "$clean" -eq 0 ]
}

# replace_address FILE OLD NEW
replace_address() {
    sed "s/$(echo "$2" | sed 's/\./\\./g')\([\":]\)/$3\1/g" "$1" >"$1.new"
    mv "$1.new" "$1"
}

# found_anew NAME NODE: NODE asks NAME for something that it cannot know, and NAME says that there is none.
found_anew() {
    since=$(milliseconds)
    asked_for=0
    until [ "$(code_of "$(prefix_of "$1")/asked-for-after-the-move-$asked_for" "$2")" -eq 100 ]; do
        [ "$(($(milliseconds) - since))" -lt "$recovery_milliseconds_max" ] || return 1
        sleep 0.3
        asked_for=$((asked_for + 1))
    done
    # And it gives the values of what it knows.
    [ "$(few_elsewhere "$1" "$2")" -eq 20 ]
}
