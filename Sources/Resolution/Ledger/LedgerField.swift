/// The names of the ledger's fields, as docs/ledger.md lists them, by their place in a frame.
enum LedgerField {
    /// The field in which byte `place` of `frame` lies.
    static func name(of place: Int, in frame: LedgerFrame) -> String {
        let group = group(of: frame.kind)
        switch place {
        case 0: return group + ".kind-of-frame"
        case 1, 2: return group + ".length"
        case (frame.content.count + LedgerFrame.headByteCount)...: return group + ".check"
        default: break
        }
        var left = place - LedgerFrame.headByteCount
        for (name, byteCount) in fields(of: frame) {
            if left < byteCount { return "\(group).\(name)" }
            left -= byteCount
        }
        return group
    }

    /// Bytes from the beginning of a head's frame to its field `name`.
    static func headPlace(_ name: String) -> Int {
        var place = LedgerFrame.headByteCount
        for (field, byteCount) in head {
            if field == name { return place }
            place += byteCount
        }
        return 0
    }

    static func group(of kind: LedgerFrame.Kind) -> String {
        switch kind {
        case .head: "head"
        case .identity: "identity"
        case .row: "row"
        case .source: "source"
        case .signature: "signature"
        case .fileHead: "file-head"
        case .fileEnd: "file-end"
        }
    }

    private static func fields(of frame: LedgerFrame) -> [(String, Int)] {
        let content = frame.content
        switch frame.kind {
        case .head: return head
        case .row:
            return [
                ("prefix-length", 1), ("prefix", Int(content.first ?? 0)), ("class", 1), ("received", 8), ("found", 8),
                ("received-so-far", 8), ("found-so-far", 8),
            ]
        case .source: return [("network", 16), ("network-length", 1), ("class", 1), ("queries", 8)]
        case .identity:
            let prefixByteCount = content.count > 16 ? Int(content[16]) : 0
            return [
                ("store", 16), ("prefix-length", 1), ("prefix", prefixByteCount), ("key-length", 2),
                ("key", content.count),
            ]
        case .signature: return [("signature", content.count)]
        case .fileHead: return [("magic", 15), ("version", 1), ("first", 8)]
        case .fileEnd: return [("entries", 8)]
        }
    }

    private static let head: [(String, Int)] =
        [("version", 1), ("kind", 1), ("sequence", 8), ("previous", 32), ("day", 4), ("made", 8), ("identity", 32)]
        + counts("") + counts("-so-far")
        + [
            ("listed-sources", 8), ("other-sources", 8), ("largest-network", 17), ("largest-queries", 8), ("rows", 4),
            ("source-rows", 4), ("body", 32),
        ]

    private static func counts(_ end: String) -> [(String, Int)] {
        ["received", "found"].flatMap { word in OriginClass.allCases.map { ("\(word)-\($0.name)\(end)", 8) } }
    }
}
