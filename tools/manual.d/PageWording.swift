/// What the pages say besides what the programs say of themselves.
struct PageWording {
    let language: Language

    /// The wording in the page's language.
    func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }

    /// What a program reads from its environment.
    func environment(of program: String) -> [(name: String, text: String)] {
        var variables = [
            ("LC_ALL, LC_MESSAGES, LANG", words("the language, unless --lang names it", "语言，除非用 --lang 指定")),
            ("NO_COLOR", words("set: no colour", "设置后不使用颜色")),
            ("TERM", words("“dumb”: no colour and no animation", "为“dumb”时不使用颜色和动画")),
            ("COLUMNS", words("the width of the terminal", "终端宽度")),
        ]
        if program == "idctl" {
            variables.append(("TMPDIR", words("where temporary files go, else /tmp", "临时文件的位置，默认 /tmp")))
        }
        return variables
    }

    /// Files that a command knows by themselves.
    func files(of command: [String]) -> [(name: String, text: String)] {
        switch command.first {
        case "idload"?: return []
        case "idctl"? where command.contains("import"):
            return [
                ("FILE.journal", words("what became of each record, for --resume", "各记录的结果，供 --resume 使用")),
                ("FILE.rejects.csv", words("refused records, to be corrected and imported", "被拒绝的记录，供修改后再次导入")),
            ] + nodeFiles
        default: return nodeFiles
        }
    }

    private var nodeFiles: [(name: String, text: String)] {
        [
            ("/etc/hanjiang/node.toml", words("the node's configuration, by convention", "节点配置的惯用位置")),
            ("/var/lib/hanjiang", words("the node's data directory, by convention", "节点数据目录的惯用位置")),
            ("DIR/control.sock", words("the control socket of a running node", "运行中节点的控制套接字")),
        ]
    }
}
