/// What of role, prefix and recursion does not go together.
extension NodeConfiguration {
    private static let nodePath = ConfigurationPath([.key("node")])
    private static let prefixPath = ConfigurationPath([.key("node"), .key("prefix")])

    /// Reports a prefix that is missing, that is none, or that is not one of the node's role.
    func checkPrefix(_ reader: inout ConfigurationReader) {
        guard reader.isSound("node", in: ConfigurationPath()), reader.isSound("prefix", in: Self.nodePath),
            reader.isSound("role", in: Self.nodePath)
        else { return }
        if node.role == .recursive {
            if !node.prefix.isEmpty { reportNeedlessPrefix(&reader) }
        } else if reader.positions[Self.prefixPath] == nil {
            reader.reportMissing(NodeSection.prefixKey, at: Self.prefixPath)
        } else if !Self.isPrefix(node.prefix) {
            reportNoPrefix(&reader)
        } else if !node.role.segmentCounts.contains(node.prefix.utf8.count { $0 == UInt8(ascii: ".") } + 1) {
            reportOtherPrefix(&reader)
        }
    }

    private func reportNeedlessPrefix(_ reader: inout ConfigurationReader) {
        reader.report(
            .contradiction,
            at: Self.prefixPath,
            Wording("a node of the role \"recursive\" has no prefix", "recursive 角色的节点没有前缀"),
            advice: Wording("remove node.prefix, or set another node.role", "请删除 node.prefix，或改用其他 node.role")
        )
    }

    private func reportNoPrefix(_ reader: inout ConfigurationReader) {
        reader.report(
            .notAllowed,
            at: Self.prefixPath,
            Wording("node.prefix cannot be \"\(node.prefix)\"", "node.prefix 不能是 \"\(node.prefix)\""),
            advice: Wording(
                "give the bare prefix that was allotted to this node, such as \"88.118\"",
                "请填写分配给本节点的前缀本身，例如 \"88.118\""
            )
        )
    }

    private func reportOtherPrefix(_ reader: inout ConfigurationReader) {
        let role = node.role.rawValue
        reader.report(
            .contradiction,
            at: Self.prefixPath,
            Wording(
                "\"\(node.prefix)\" is not a prefix of a node of the role \"\(role)\"",
                "\"\(node.prefix)\" 不是 \(role) 角色节点的前缀"
            ),
            advice: Wording(
                "give \(node.role.segments.english), or set another node.role",
                "请填写\(node.role.segments.chinese)，或改用其他 node.role"
            )
        )
    }

    private static func isPrefix(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(isPrefixByte) }
    }

    private static func isPrefixByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// Reports recursion that has nobody to ask, and times that contradict each other.
    func checkRecursion(_ reader: inout ConfigurationReader) {
        let federation = ConfigurationPath([.key("federation")])
        if node.role == .recursive, isRecursive, self.federation.above.isEmpty, reader.isSound("above", in: federation)
        {
            reader.report(
                .contradiction,
                at: federation.appending("above"),
                Wording("a node of the role \"recursive\" has nobody to ask", "recursive 角色的节点没有可询问的上级"),
                advice: Wording(
                    "set federation.above to the servers of the top-level node, such as [\"192.0.2.1:2641\"]",
                    "请将 federation.above 设为顶级节点的服务器，例如 [\"192.0.2.1:2641\"]"
                )
            )
        }
        let table = ConfigurationPath([.key("recursion")])
        guard recursion.ttlMin > recursion.ttlMax, reader.isSound("ttl_min", in: table),
            reader.isSound("ttl_max", in: table)
        else { return }
        reader.report(
            .contradiction,
            at: table.appending("ttl_min"),
            Wording("recursion.ttl_min is longer than recursion.ttl_max", "recursion.ttl_min 大于 recursion.ttl_max"),
            advice: Wording("make it shorter", "请缩短 recursion.ttl_min")
        )
    }

    /// Reports a route upward that nobody would keep, or that nobody has.
    func checkRoute(_ reader: inout ConfigurationReader) {
        let table = ConfigurationPath([.key("federation")])
        guard federation.keepsRoute, reader.isSound("above", in: table) else { return }
        if node.role == .recursive {
            reader.report(
                .contradiction,
                at: table.appending("route"),
                Wording("a node of the role \"recursive\" has no route upward", "recursive 角色的节点没有上行路由"),
                advice: Wording("remove federation.route", "请删除 federation.route")
            )
        } else if federation.above.isEmpty {
            reader.report(
                .contradiction,
                at: table.appending("route"),
                Wording("federation.route needs a level above", "federation.route 需要上级节点"),
                advice: Wording(
                    "set federation.above to its servers, such as [\"192.0.2.1:2641\"], or remove federation.route",
                    "请将 federation.above 设为上级服务器，例如 [\"192.0.2.1:2641\"]，或删除 federation.route"
                )
            )
        }
    }
}

extension NodeSection.Role {
    /// How many segments its prefix has.
    package var segmentCounts: ClosedRange<Int> {
        switch self {
        // Two as a rule; ranges of the international system have another number, as 20.500.12345 has.
        case .secondary, .top: 1...32
        case .enterprise: 3...32
        case .recursive: 0...0
        }
    }

    /// The same in words.
    fileprivate var segments: Wording {
        switch self {
        case .secondary: Wording("one of one segment or more, such as \"88.118\"", "至少一段的前缀，例如 \"88.118\"")
        case .top: Wording("one of one segment or more, such as \"88\"", "至少一段的前缀，例如 \"88\"")
        case .enterprise: Wording("one of three segments or more, such as \"88.118.8\"", "至少三段的前缀，例如 \"88.118.8\"")
        case .recursive: Wording("none", "空")
        }
    }
}
