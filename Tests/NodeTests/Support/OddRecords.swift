/// Records of all that a file of records may have to hold, as JSON Lines, below 88.118.8.
struct OddRecords {
    /// Types of the protocol; what no file ever holds, HS_SECKEY, is not among them.
    private static let types = [
        "HS_ADMIN", "HS_SITE", "HS_SITE.6", "HS_SITE.PREFIX", "HS_NA_DELEGATE", "HS_SERV", "HS_SERV.PREFIX", "HS_ALIAS",
        "HS_VLIST", "HS_PUBKEY", "HS_NAMESPACE", "HS_CERT", "HS_SIGNATURE", "URL", "2000:厂商", "类型,\\\"7\\\"",
    ]
    private static let texts = [
        "", "泵 七", "two\\nlines\\r\\n", "a \\\"quoted\\\", text;", " padded ", "\\t", "=1+1", "\\\\n", "0042", "1E+10",
        "CREATE 88.118.8/x", "𠮷 é \u{3000}", "300:111111111111:0.NA/88.118.8",
    ]
    /// HS_ADMIN of 0.NA/88.118.8, 300, all permissions but those over derived prefixes.
    private static let administrator = #"{"format":"base64","value":"D/MAAAANMC5OQS84OC4xMTguOAAAASw="}"#

    private var generator: KillTimes
    /// Whether values refer to others, which batch text cannot hold.
    private let hasReferences: Bool

    init(seed: UInt64, hasReferences: Bool) {
        generator = KillTimes(seed: seed)
        self.hasReferences = hasReferences
    }

    /// So many records, each line one.
    mutating func lines(_ count: Int) -> [String] { (0..<count).map { record(Self.name($0)) } }

    /// The longest identifiers there may be, and some with what needs quotes.
    private static func name(_ number: Int) -> String {
        let head = "88.118.8/\(number)"
        switch number % 7 {
        case 0: return head + String(repeating: "x", count: 2_048 - head.utf8.count)
        case 1: return head + "长" + String(repeating: "长", count: (2_045 - head.utf8.count) / 3)
        case 2: return head + " 泵 七, \\\"A\\\""
        case 3: return head + "/É;'#"
        default: return head
        }
    }

    private mutating func record(_ name: String) -> String {
        var values = (1...Int.random(in: 1...5, using: &generator)).map { value(index: $0 * $0) }
        if Bool.random(using: &generator) {
            values.append(#"{"index":100,"type":"HS_ADMIN","data":\#(Self.administrator)}"#)
        }
        return #"{"identifier":"\#(name)","values":[\#(values.joined(separator: ","))]}"#
    }

    private mutating func value(index: Int) -> String {
        let type = Self.types[Int.random(in: 1..<Self.types.count, using: &generator)]
        let permissions = String(Int.random(in: 0...15, using: &generator) | 16, radix: 2).dropFirst()
        let seconds = Int.random(in: 0...2_000_000, using: &generator)
        let ttl =
            Bool.random(using: &generator)
            ? "\(seconds)" : #""2031-0\#(seconds % 9 + 1)-1\#(seconds % 10)T23:59:5\#(seconds % 10)Z""#
        var text =
            #"{"index":\#(index),"type":"\#(type)","data":\#(data()),"ttl":\#(ttl),"permissions":"\#(permissions)""#
        if hasReferences, index == 4 { text += #","references":[{"handle":"88.118.8/泵 \"1\"","index":7}]"# }
        return text + "}"
    }

    private mutating func data() -> String {
        guard Bool.random(using: &generator) else {
            return "\"" + Self.texts[Int.random(in: 0..<Self.texts.count, using: &generator)] + "\""
        }
        let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        let digits = bytes.map { String(Int($0) | 256, radix: 16).dropFirst() }.joined()
        return #"{"format":"hex","value":"\#(digits)"}"#
    }
}
