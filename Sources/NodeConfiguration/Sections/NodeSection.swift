/// `[node]`: what this node is and where its data is.
package struct NodeSection: SettingSection {
    /// What the node is in the system of nodes.
    package enum Role: String, SettingChoice {
        /// It has a prefix, of two segments as a rule, and assigns those below it.
        case secondary
        /// It delegates secondary prefixes.
        case top
        /// It has a prefix of three segments or more that a secondary node delegates to it.
        case enterprise
        /// It holds nothing and asks others.
        case recursive
    }

    /// What it is in the system of nodes.
    package internal(set) var role = Role.secondary
    /// The node's own prefix, `88.118`: parts of ASCII letters, digits and `-` with points between; empty: it has none.
    package internal(set) var prefix = ""
    /// What people call it; may be empty.
    package internal(set) var name = ""
    /// For what it is there; may be empty.
    package internal(set) var description = ""
    /// The data directory, an absolute path.
    package internal(set) var data = "/var/lib/hanjiang"
    /// Worker threads, 1…64; 0 stands for one per core.
    package internal(set) var workers = 0

    static let prefixKey = SettingKey<NodeSection>.text(
        "prefix",
        \.prefix,
        byteCountMax: 64,
        "The node's own prefix, such as \"88.118\". Required, but for the role \"recursive\", which has none.",
        "本节点的前缀，例如 \"88.118\"。必填；角色为 \"recursive\" 时没有前缀。"
    )

    static let keys: [SettingKey<NodeSection>] = [
        .choice(
            "role",
            \.role,
            "\"secondary\", \"top\" (top-level node), \"enterprise\", or \"recursive\" (holds nothing).",
            "\"secondary\" 二级节点，\"top\" 顶级节点，\"enterprise\" 企业节点，\"recursive\" 递归节点（不存标识）。"
        ),
        prefixKey,
        .text(
            "data",
            \.data,
            "The data directory; one node per directory.",
            "数据目录；一个目录只能由一个节点使用。"
        ),
        .text("name", \.name, byteCountMax: 255, "What people call this node.", "本节点的名称。"),
        .text("description", \.description, "What this node is there for.", "本节点的说明。"),
        .integer("workers", 0...64, \.workers, "Worker threads; 0: one per core.", "工作线程数；0 表示每个核一个。"),
    ]
}
