# `tools/run-federation --once`: every identifier at its owner, from the top, and at foreign nodes; sourced by
# tools/run-federation, with federation-kills.sh and federation-move.sh.
# shellcheck shell=sh
# shellcheck disable=SC2154  # names of tools/run-federation

# A command that takes longer than this hangs; a load ends before, and what it has not asked by then is missing.
command_seconds_max=330
load_seconds_max=300

run_once() {
    folder=$(mktemp -d)
    port=$(free_port)
    trap 'stop_federation "$folder" || true; rm -rf "$folder"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    began=$(date +%s)
    make_federation "$folder"
    for name in $(names_of_nodes); do
        records_of "$name" "$(share_of "$name")" >"$folder/$name/expected.csv"
        records_of "$name" 20 >"$folder/$name/few.csv"
    done
    # shellcheck disable=SC2046  # one word each
    start_federated "$folder" $(names_of_nodes) || exit 1
    join_federation "$folder" || exit 1
    check_imports
    check_protocol udp
    # What is killed comes back with an empty cache, and is asked again below.
    check_kills
    check_protocol tcp
    check_hosted
    check_samples
    check_fresh
    check_move
    check_end
    seconds=$(($(date +%s) - began))
    say "$seconds s in all" "共用时 $seconds 秒"
    echo "$right passed, $wrong failed"
    [ "$wrong" -eq 0 ]
}

check_protocol() {
    protocol=$1
    shown=$(echo "$protocol" | tr '[:lower:]' '[:upper:]')
    check_everywhere owner "at their owners" "在各自的所有者处"
    check_referrals
    check_walks
    check_everywhere foreign "at foreign secondary nodes" "在其他二级节点（递归）"
}

# check FIGURE EXPECTED ENGLISH 中文: passed if both are the same; the texts go on from `FIGURE of EXPECTED `.
check() {
    if [ "$1" -eq "$2" ]; then passed "$1 of $2 $3" "$2 中的 $1 $4"; else failed "$1 of $2 $3" "$2 中的 $1 $4"; fi
}

# limited COMMAND…: ends it where it hangs, with 124.
limited() { timeout --kill-after=5 "$command_seconds_max" "$@"; }

# foreign_to NAME udp|tcp: a secondary node that is neither it nor above it, and another for each protocol, so that
# neither answers from what it was asked before.
foreign_to() {
    number=0
    case $1 in
        secondary-*) number=${1#secondary-} ;;
        enterprise-*) number=$(field_of "$1" 5) number=${number#secondary-} ;;
    esac
    if [ "$2" = udp ]; then echo "secondary-$((number % 10 + 1))"; else echo "secondary-$(((number + 1) % 10 + 1))"; fi
}

check_imports() {
    stored=0
    for name in $(names_of_nodes); do
        limited idctl status --config "$folder/$name/node.toml" --json >"$folder/status.json"
        stored=$((stored + $(number_of identifiers "$folder/status.json")))
    done
    # Besides: 3 watched ones of each node; 20 hosted ones; the records of 13 prefixes delegated, of the hosted one and of 88.
    check "$stored" "$((identifiers + 3 * node_count + 20 + 13 + 2))" "records are on $node_count nodes" \
        "条记录在 $node_count 个节点上"
}

# sum_over_nodes COMMAND…: runs it with each node's name behind, two at a time, and prints the sum of what they print.
sum_over_nodes() {
    (
        before=
        for name in $(names_of_nodes); do
            "$@" "$name" >"$folder/$name/figure" &
            [ -z "$before" ] || wait "$before" || true
            before=$!
        done
        wait "$before" || true
    )
    for name in $(names_of_nodes); do cat "$folder/$name/figure"; done | awk '{ sum += $1 } END { print sum + 0 }'
}

# check_everywhere owner|led|foreign ENGLISH 中文: each identifier is asked for once by $protocol, and its values compared.
check_everywhere() {
    check "$(sum_over_nodes count_correct "$1")" "$identifiers" "identifiers resolve to their values $2, $shown" \
        "个标识$3解析出各自的值，$shown"
}

# count_correct owner|led|foreign NAME: asks for the identifiers of NAME there, by $protocol, and prints how many answers
# had their values.
count_correct() {
    case $1 in
        owner) asked=$(server_of "$2") ;;
        led) asked=$(walk_from_top "$2") || return 0 ;;
        foreign) asked=$(server_of "$(foreign_to "$2" "$protocol")") ;;
    esac
    load "$2" "$asked" --expect "$folder/$2/expected.csv" --verify full
}

# load NAME SERVER OPTION…: asks for each identifier once by $protocol, and prints how many answers were right. Its result
# is in the folder of NAME; what is wrong is shown.
load() {
    result=$folder/$1/load.json
    asked=$2
    shift 2
    outcome=0
    limited idload "$asked" "$@" --once --closed 64 --protocol "$protocol" --seconds "$load_seconds_max" \
        --timeout 10000 --json >"$result" 2>"$result.complaint" </dev/null || outcome=$?
    if [ "$outcome" -ne 0 ]; then
        echo "idload $asked $*: exit $outcome" >&2
        cat "$result.complaint" >&2
        grep -oE '"samples".{0,600}' "$result" >&2 || true
    fi
    echo $(($(number_of answered "$result") - $(number_of wrong "$result")))
}

# The walk from the top ends at each owner; so for --quick what is there need not be asked for again.
check_walks() {
    owners=0
    for name in $(names_of_nodes); do
        if at=$(walk_from_top "$name") && [ "$at" = "$(server_of "$name")" ]; then owners=$((owners + 1)); fi
    done
    check "$owners" "$node_count" "walks from the top end at the owner, $shown" "次自顶级节点的查找到达所有者，$shown"
    [ "$once" != quick ] || return 0
    check_everywhere led "where the top's referrals lead" "按顶级节点的转介"
}

# walk_from_top NAME: the server of its prefix, found as clients find it whose root is the top-level node: its record
# is asked for there and, as long as the answer is a prefix referral, where that leads.
walk_from_top() {
    at=$(server_of top)
    [ "$1" != top ] || { echo "$at"; return; }
    walk=$folder/$1/walk.json
    for step in 1 2 3; do
        limited idctl resolve "0.NA/$(prefix_of "$1")" --server "$at" "--$protocol" --json >"$walk" 2>&1 </dev/null || true
        at=$(site_in "$walk")
        case $(number_of code "$walk"),$at in
            303,?*) ;;
            1,?*) echo "$at"; return ;;
            *) break ;;
        esac
    done
    echo "0.NA/$(prefix_of "$1"): step $step from the top leads nowhere: $(cat "$walk")" >&2
    return 1
}

# site_in FILE: ADDRESS:PORT of the first server of the first site in an answer.
site_in() {
    address=$(grep -oE '"address":"[^"]*"' "$1" | head -n 1 | cut -d '"' -f 4)
    [ -z "$address" ] || echo "$address:$(number_of port "$1")"
}

# What the top has delegated it refers to the owner, each identifier of it; and the owner is the right one.
check_referrals() {
    delegated=0
    for name in $(names_of_role secondary); do
        delegated=$((delegated + $(share_of "$name")))
        sed '1d; s/,.*//' "$folder/$name/expected.csv"
    done >"$folder/delegated.txt"
    referred=$(load top "$(server_of top)" --replay "$folder/delegated.txt" --codes 302)
    check "$referred" "$delegated" "identifiers of secondary nodes are referred by the top, $shown" \
        "个二级节点标识由顶级节点转介，$shown"
    owners=0
    for name in $(names_of_role secondary); do
        limited idctl resolve "$(prefix_of "$name")/item-1" --server "$(server_of top)" "--$protocol" --json \
            >"$folder/answer" 2>&1 </dev/null || true
        [ "$(site_in "$folder/answer")" != "$(server_of "$name")" ] || owners=$((owners + 1))
    done
    check "$owners" 10 "referrals name the owner, $shown" "个转介指向所有者，$shown"
}

# What is hosted has no route of its own, and is found all the same.
check_hosted() {
    hosted_records >"$folder/hosted.csv"
    protocol=udp
    found=0
    for asked in "$hosting_node" secondary-7; do
        found=$((found + $(load "$asked" "$(server_of "$asked")" --expect "$folder/hosted.csv" --verify full)))
    done
    check "$found" 40 "identifiers of a hosted prefix resolve at its node and at a foreign one" \
        "个托管前缀的标识在其节点和其他节点解析"
}

# One identifier of each node by idctl, as a person asks.
check_samples() {
    sampled=0
    correct=0
    for name in $(names_of_nodes); do
        last=$(tail -n 1 "$folder/$name/expected.csv")
        for protocol in udp tcp; do
            for asked in "$name" "$(foreign_to "$name" "$protocol")"; do
                sampled=$((sampled + 1))
                if resolves "$asked" "$last"; then correct=$((correct + 1)); fi
            done
        done
    done
    check "$correct" "$sampled" "answers to idctl resolve are right" "个 idctl resolve 应答正确"
}

# resolves NAME ROW: whether that node answers for the row's identifier with the row's URL, by $protocol; the answer stays
# in $folder/answer.
resolves() {
    url=${2#*,}
    limited idctl resolve "${2%%,*}" --server "$(server_of "$1")" "--$protocol" --json \
        >"$folder/answer" 2>"$folder/complaint" </dev/null &&
        sed 's,\\/,/,g' "$folder/answer" | grep -qF "\"${url%%,*}\""
}

# All of them end when they are told to.
check_end() {
    stop_federation "$folder" || true
    check "$((node_count - unclean))" "$node_count" "nodes end cleanly on SIGTERM" "个节点收到 SIGTERM 后正常停止"
}
