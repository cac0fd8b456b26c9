/// From a value to text.
extension NodeConfiguration {
    /// Every key with its value: TOML that reads back to an equal configuration. There are no secrets in it.
    package var effective: String {
        var lines: [String] = []
        for table in Schema.tables {
            for entries in table.tables(self) {
                if !lines.isEmpty { lines.append("") }
                lines.append(table.header)
                lines += entries.map { "\($0.name) = \($0.literal)" }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The file that `idnode init` writes: every key with its default, explained in both languages. What is a default
    /// stands behind `#`; taking the `#` away changes nothing. With an empty prefix it is conf/node.toml.
    package static func commentedTemplate(
        prefix: String,
        role: NodeSection.Role = .secondary,
        above: [HostAddress] = [],
        dataDirectory: String
    ) -> String {
        var configuration = NodeConfiguration()
        configuration.node.role = role
        configuration.node.prefix = prefix
        configuration.node.data = dataDirectory
        configuration.federation.above = above
        var lines = [
            "# The node's configuration (TOML). A # right before a key shows a default: take the # away to change it.",
            "# 节点配置（TOML 格式）。以 # 加配置项开头的行为默认值，去掉 # 即可修改。",
            "# Check it with: idnode check-config    检查：idnode check-config",
            "# Sizes: \"64 KiB\", \"4 MiB\", \"1 GiB\"; times: \"500 ms\", \"10 s\", \"30 min\", \"1 h\", \"1 d\".",
        ]
        for table in Schema.tables { lines += templateLines(of: table, in: configuration) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Whether what stands in the template is no default.
    private static func isSet(_ key: String, in configuration: NodeConfiguration) -> Bool {
        switch key {
        case "node.data": true
        case "node.prefix": configuration.node.role != .recursive
        case "node.role": configuration.node.role != .secondary
        case "federation.above": !configuration.federation.above.isEmpty
        default: false
        }
    }

    private static func templateLines(of table: TableSchema, in configuration: NodeConfiguration) -> [String] {
        var lines = ["", "# \(table.comment.english)", "# \(table.comment.chinese)"]
        for (number, entries) in table.tables(configuration).enumerated() {
            // A table of a list would count as soon as its header stands there, so that is a comment too.
            lines.append((table.isArray ? "#" : "") + table.header)
            for entry in entries {
                if number == 0 { lines += ["# \(entry.comment.english)", "# \(entry.comment.chinese)"] }
                let isSet = isSet("\(table.name).\(entry.name)", in: configuration)
                lines.append((isSet ? "" : "#") + "\(entry.name) = \(entry.literal)")
            }
        }
        return lines
    }
}
