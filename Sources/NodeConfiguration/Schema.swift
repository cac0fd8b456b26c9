/// Every table of the configuration, in the order in which it is written.
///
/// To add a key: a property with its default and a line in `keys` of its section, then write conf/node.toml anew from
/// the template.
enum Schema {
    static let tables: [TableSchema] = [
        .single("node", \.node, "This node.", "本节点。"),
        .array(
            "listen",
            \.listen,
            "Where the node answers. Without any: 127.0.0.1 and ::1, port 2641.",
            "监听地址。不配置时为 127.0.0.1 与 ::1 的 2641 端口。"
        ),
        .single("udp", \.udp, "Datagrams.", "UDP。"),
        .single(
            "rate_limit",
            \.rateLimit,
            "What one source network is sent by UDP; over it the node is silent.",
            "通过 UDP 向单个来源网段发送的上限；超过时不应答。"
        ),
        .single("tcp", \.tcp, "Connections.", "TCP。"),
        .single("tls", \.tls, "Connections by TLS 1.3, on a port of their own.", "TLS 1.3 连接，使用单独的端口。"),
        .single(
            "administration",
            \.administration,
            "Changes over the wire: sessions, keys and administrators.",
            "网络管理：会话、密钥与管理员。"
        ),
        .single("federation", \.federation, "The nodes above this one.", "上级节点。"),
        .single(
            "recursion",
            \.recursion,
            "Asking other nodes for what this one does not hold.",
            "递归解析：代查询者向其他节点查询本节点没有的标识。"
        ),
        .single(
            "guardian",
            \.guardian,
            "Probing the nodes that prefixes are delegated to.",
            "路由守护：探测前缀所委派到的节点。"
        ),
        .single("limits", \.limits, "What one request may ask for.", "单个请求的限制。"),
        .single("storage", \.storage, "The data file.", "数据文件。"),
        .single("history", \.history, "The log of changes.", "变更历史。"),
        .single("counting", \.counting, "The counters' tables.", "计数表。"),
        .single("ledger", \.ledger, "The ledger of resolutions: a signed entry for each day.", "解析账本：每日一条签名条目。"),
        .array(
            "origins",
            \.origins,
            "Classes of queries by source network; the longest that fits decides, everything else is \"external\".",
            "按来源网段划分请求类别；最长匹配优先，其余为 \"external\"。"
        ),
        .single("site", \.site, "What the node says of itself (site record).", "站点信息。"),
        .single("control", \.control, "The control socket.", "控制套接字。"),
        .single("log", \.log, "Log lines on standard error.", "日志（标准错误输出）。"),
        .single("run", \.run, "Starting and stopping.", "启动与停止。"),
    ]

    /// What to do about an unknown `name` in the table at `path`; at the top, `name` is a table.
    static func advice(forUnknown name: String, in path: ConfigurationPath) -> Wording {
        guard case .key(let tableName)? = path.steps.first else { return adviceAtTop(forUnknown: name) }
        let known = tables.first { $0.name == tableName }?.keyNames ?? []
        if let nearest = NearestName.of(name, among: known) { return meant(nearest) }
        if let table = tables.first(where: { $0.keyNames.contains(name) }) { return belongs(name, in: table) }
        let list = known.joined(separator: ", ")
        return Wording("remove it; [\(tableName)] has: \(list)", "请删除；[\(tableName)] 的配置项有：\(list)")
    }

    private static func adviceAtTop(forUnknown name: String) -> Wording {
        if let nearest = NearestName.of(name, among: tables.map(\.name)) { return meant(nearest) }
        if let table = tables.first(where: { $0.keyNames.contains(name) }) { return belongs(name, in: table) }
        let list = tables.map(\.header).joined(separator: ", ")
        return Wording("remove it; there are: \(list)", "请删除；可用的表有：\(list)")
    }

    private static func meant(_ name: String) -> Wording {
        Wording("did you mean \(name)?", "是否想写 \(name)？")
    }

    private static func belongs(_ name: String, in table: TableSchema) -> Wording {
        Wording("\(name) belongs under \(table.header)", "\(name) 应写在 \(table.header) 之下")
    }
}
