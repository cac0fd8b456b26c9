/// `[node]`: what this node is and where its data is.
package struct NodeSection: SettingSection {
    /// The node's own secondary prefix, `88.118`: parts of ASCII letters, digits and `-` with points between.
    package internal(set) var prefix = ""
    /// What people call it; may be empty.
    package internal(set) var name = ""
    /// For what it is there; may be empty.
    package internal(set) var description = ""
    /// The data directory, an absolute path.
    package internal(set) var data = "/var/lib/hanjiang"
    /// Worker threads, 1…64; 0 stands for one per core.
    package internal(set) var workers = 0

    static let keys: [SettingKey<NodeSection>] = [
        .text(
            "prefix",
            \.prefix,
            byteCountMax: 64,
            "The node's own secondary prefix, such as \"88.118\". Required.",
            "本节点的二级节点前缀，例如 \"88.118\"。必填。"
        ).required,
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
