# The story of `tools/first-time`, and its files; sourced, never run.
# shellcheck shell=sh
# shellcheck disable=SC2016,SC2034,SC2154  # commands are typed as they stand; the rest is tools/first-time's

valve_count=10000
identity='--auth 300:0.NA/88.118.8 --key-file owner.pem'
summary_rest='+ 0 changed + 0 unchanged'

tell_story() {
    opening
    install_and_start
    become_known
    describe_parts
    import_with_bad_rows
    correct_and_import
    be_interrupted
    check_and_export
    closing
}

opening() {
    cat >>"$work/page.md" <<'END_OF_PAGE'
# The first time / 初次使用

What an operator (`operator$`) and an enterprise (`enterprise$`) type on a new node, and what they see: 100 pumps, three of
which are wrong in the file, and 10,000 valves whose import is interrupted. `tools/first-time` types it all on a real node and
compares; `tools/first-time --transcript` writes this page. Port, times, durations, keys and request numbers are replaced
(`…`), and so is what a run may do differently.

运维人员（`operator$`）与企业（`enterprise$`）在新节点上依次键入的命令及所见输出：100 台水泵，文件中有三行错误；10,000 个阀门，
导入中途被打断。`tools/first-time` 在真实节点上逐条执行并比对；`tools/first-time --transcript` 生成本页。端口、时间、耗时、密钥和
请求号已替换（`…`），各次运行可能不同之处亦然。
END_OF_PAGE
}

install_and_start() {
    part "Install" "安装"
    says "The packages that are missing, then the programs (built by \`./tools/run\`, or by \`swift build -c release\`)." \
        "先装缺少的软件包，再装程序（由 \`./tools/run\` 或 \`swift build -c release\` 编译）。"
    types operator 0 'hanjiang/tools/install'
    types operator 0 'install -D -t bin hanjiang/.build/release/idnode hanjiang/.build/release/idctl'
    types operator 0 'idctl --version | sed -n 1p' "idctl "

    part "A node" "建立节点"
    says "A secondary node with the prefix 88.118; its port is 2641 unless the configuration says otherwise." \
        "前缀为 88.118 的二级节点；未另行配置时端口为 2641。"
    types operator 0 'idnode init --prefix 88.118 --data data --config node.toml' "made data and node.toml"
    types operator 7 'idctl status --config node.toml' E-STATUS-001 "start it with: idnode run"
    listen_on "$port"
    starts_node
    types operator 0 'idctl status --config node.toml | sed -n 1,3p' ready "identifiers     0"
}

become_known() {
    part "A key and a prefix" "密钥与前缀"
    says "The enterprise makes a key and gives the operator its public half; the operator allots the prefix. Another
enterprise has 88.118.9." \
        "企业生成密钥，把公钥交给运维人员；运维人员据此分配前缀。88.118.9 属于另一企业。"
    types enterprise 0 'idctl key new --type sm2 --out owner.pem' SM2 "owner.pem stays with you" "owner.pem.pub is for"
    types operator 0 'idctl prefix allot 88.118.8 --name "Jiangxin Pumps" --admin-key owner.pem.pub --config node.toml' \
        "allotted 88.118.8"
    types operator 0 'idctl prefix home 88.118.9 --config node.toml' "homed 1"
    types operator 0 'idctl prefix show 88.118.8 --config node.toml' "已托管 (hosted)"

    part "Who is asked, and as whom" "配置档：问谁、以谁的身份"
    says "Once, so that no later command names them." "设置一次，以后的命令不必再写。"
    types enterprise 0 "idctl profile add plant --server 127.0.0.1:$port $identity" "added plant"
    types enterprise 0 'idctl profile use plant' "using plant"
    types enterprise 0 'idctl profile list' plant 300:0.NA/88.118.8
}

describe_parts() {
    part "A data template" "数据模板"
    says "Which values a pump has. The example fits, so it is registered as it stands; the columns of the file follow from it." \
        "规定一台水泵有哪些值。示例模板正好适用，直接登记；文件的列由它决定。"
    types enterprise 0 'idctl template example >pump.json'
    types enterprise 0 'idctl template create pump.json' "created 88.118.8/META_"
    types enterprise 0 'idctl import --template --data-template 1.0' "identifier,1:URL,2:DESC,2000:serial,2001:maker" \
        "required, 1–32 characters"
}

import_with_bad_rows() {
    write_pumps
    part "An import with three bad rows" "导入：三行有误"
    says "Row 20 went through a spreadsheet, row 50 has a comma without quotes, row 70 bears the prefix of another enterprise.
The file alone shows two of them, before anything is sent; only the server knows the third. The good rows are registered." \
        "第 20 行被电子表格改坏，第 50 行的逗号没有加引号，第 70 行用了别家企业的前缀。前两处在发送前试运行即可查出，第三处只有
服务器知道。正确的行照常登记。"
    types enterprise 0 "sed -n '1,3p; 21p; 51p; 71p' parts.csv"
    types enterprise 6 'idctl import parts.csv --data-template 1.0 --dry-run --lang zh' "拒绝 2" "第 51 行"
    types enterprise 6 'idctl import parts.csv --data-template 1.0' "E-IMPORT-004: row 50, line 51" \
        "E-IMPORT-011: row 20, line 21" "E-IMPORT-122: row 70, line 71" "parts.csv.rejects.csv" \
        "100 read = 97 created $summary_rest + 3 rejected + 0 not attempted"
    types enterprise 0 'cat parts.csv.rejects.csv' "row,code,message,identifier" "20,E-IMPORT-011," "50,E-IMPORT-004," \
        "70,E-IMPORT-122,"
}

correct_and_import() {
    part "The correction" "改正后再导入"
    says "In the rejects file, with any editor; what stands in front of the rows may stay. That file is imported as it is." \
        "在拒绝文件中改正（任何编辑器均可），行首的列可以保留；然后直接导入该文件。"
    types enterprise 0 "sed -i -e 's|8.81E+10,|88.118.8/pump-20,|' -e 's|,Pump, 7 kW,|,\"Pump, 7 kW\",|' \\
    -e 's|88.118.9/pump-70|88.118.8/pump-70|' parts.csv.rejects.csv"
    types enterprise 0 'idctl import parts.csv.rejects.csv --data-template 1.0' \
        "3 read = 3 created $summary_rest + 0 rejected + 0 not attempted"
    types enterprise 0 'idctl resolve 88.118.8/PUMP-50 --type DESC' "Pump, 7 kW"
}

be_interrupted() {
    write_valves
    part "An interruption" "中断与继续"
    says "While 10,000 valves are being registered, the operator stops the node. The import waits for it, as long as
\`--give-up\` says (default: see \`idctl import --help\`), and then ends with 7. Once the node is back, \`--resume\` goes on; the
summary is that of the whole file." \
        "正在登记 10,000 个阀门时，运维人员停止了节点。导入按 \`--give-up\` 的时限等待（默认值见 \`idctl import --help\`），随后以退出码
7 结束。节点恢复后用 \`--resume\` 继续，汇总是整个文件的。"
    cut_short 'idctl import valves.csv --rate 2000 --give-up 2'
    starts_node
    types enterprise 1 'idctl import valves.csv' E-IMPORT-131 "go on with --resume"
    types enterprise 0 'idctl import valves.csv --resume' \
        "10,000 read = 10,000 created $summary_rest + 0 rejected + 0 not attempted"
}

# cut_short COMMAND: an import, during which the node is stopped: after its first portion of 4,096, in its second.
cut_short() {
    before=$(identifiers)
    (cd "$home" && exec sh -c "exec $1") >"$work/import" 2>&1 </dev/null &
    import=$!
    tries=0
    until [ "$(identifiers)" -gt $((before + 4096)) ]; do
        tries=$((tries + 1))
        cp "$work/import" "$work/output"
        { [ "$tries" -lt 300 ] && kill -0 "$import" 2>/dev/null; } || broken "$1 was over before the node was stopped"
        sleep 0.1
    done
    stops_node
    status=0
    wait "$import" || status=$?
    import=
    cp "$work/import" "$work/output"
    writes_down enterprise "$1" "$status"
    [ "$status" -eq 7 ] || broken "$1: exit code $status, not 7"
    for words in W-IMPORT-136 E-IMPORT-130 "with the same command and --resume"; do must_say "$1" "$words"; done
    ! grep -qE ' (= 0 created|0 not attempted)' "$work/output" || broken "$1 was not cut short in the middle"
}

check_and_export() {
    part "Verification" "核对"
    says "Every record of a file is resolved and compared." "逐条解析文件中的记录并比较。"
    types enterprise 0 'idctl verify valves.csv' "10,000 looked up = 10,000 same + 0 different + 0 missing + 0 unanswered"
    types enterprise 0 'idctl verify parts.csv.rejects.csv' "3 looked up = 3 same"

    part "Export" "导出"
    says "All that is registered below the prefix: pumps, valves and the template. \`tools/first-time\` compares each value with
those of the files." \
        "前缀下登记的全部记录：水泵、阀门和模板。\`tools/first-time\` 将每个值与文件比较。"
    types enterprise 0 'idctl export --prefix 88.118.8 --no-timestamps --output all.csv' "exported 10,101 records"
    types enterprise 0 'grep 88.118.8/pump-50, all.csv' ',2,DESC,"Pump, 7 kW",string,'
    compare_export

    part "Who changed it" "历史"
    says "The operator sees who registered an identifier, when, and with which key." \
        "运维人员可以查看标识由谁、何时、用哪个密钥登记。"
    types operator 0 'idctl id history 88.118.8/pump-20 --config node.toml' created 300:0.NA/88.118.8
}

closing() {
    part "The end of the day" "结束"
    says "Nothing that was acknowledged is lost by a stop." "凡已确认的，停止后都在。"
    stops_node
    types operator 0 'idctl verify-db --data data' 'records 10,103,' 'damaged 0'
}

# Each as LONG rows of identifier, index, type and data as well, for the comparison.
write_pumps() {
    awk -v expected="$work/expected" 'BEGIN {
        print "identifier,1:URL,2:DESC,2000:serial,2001:maker,2002:power"
        for (i = 1; i <= 100; i++) {
            name = right = "88.118.8/pump-" i
            text = i == 50 ? "Pump, 7 kW" : "Pump " i
            if (i == 20) name = "8.81E+10"
            if (i == 70) name = "88.118.9/pump-70"
            printf "%s,https://example.org/pumps/%d,%s,%05d,Jiangxin,7\n", name, i, text, i
            if (i == 50) text = "\"" text "\""
            printf "%s,1,URL,https://example.org/pumps/%d\n%s,2,DESC,%s\n", right, i, right, text >expected
            printf "%s,2000,serial,%05d\n%s,2001,maker,Jiangxin\n%s,2002,power,7\n", right, i, right, right >expected
        }
    }' >"$home/parts.csv"
}

write_valves() {
    awk -v expected="$work/expected" -v count="$valve_count" 'BEGIN {
        print "identifier,1:URL,2:DESC"
        for (i = 1; i <= count; i++) {
            printf "88.118.8/valve-%d,https://example.org/valves/%d,阀门 %d\n", i, i, i
            printf "88.118.8/valve-%d,1,URL,https://example.org/valves/%d\n", i, i >>expected
            printf "88.118.8/valve-%d,2,DESC,阀门 %d\n", i, i >>expected
        }
    }' >"$home/valves.csv"
}

# What was exported is what the files say, but for what the node and the tool add: administrators, and which template.
compare_export() {
    sed -E -e '1d' -e '/,(HS_ADMIN|TEMPLATE_ID|TEMPLATE|HJ_TEMPLATE),/d' -e 's/,string,86400,1110,,$//' "$home/all.csv" |
        LC_ALL=C sort >"$work/exported"
    LC_ALL=C sort "$work/expected" | diff - "$work/exported" >"$work/output" ||
        broken "the export differs from what was imported"
}
