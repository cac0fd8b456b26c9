import ResolutionProtocol

/// Records that tests put into a node: each with values of its own. Names are of one length.
enum SampleRecords {
    static let prefix = "88.118.8"

    static func name(_ number: Int) -> [UInt8] { Array("\(prefix)/item-\(padded(number))".utf8) }

    /// A name as long as the others that nobody has.
    static func absentName(_ number: Int) -> [UInt8] { Array("\(prefix)/gone-\(padded(number))".utf8) }

    static func values(_ number: Int) -> [HandleValue] {
        [
            HandleValue(index: 1, type: Array("URL".utf8), data: Array("https://example.org/p/\(number)".utf8)),
            HandleValue(
                index: 2,
                type: Array("DESC".utf8),
                data: Array("阀门 DN\(number % 97), No. \(number &* 2_654_435_761)".utf8)
            ),
        ]
    }

    static func records(_ count: Int) -> [(name: [UInt8], values: [HandleValue])] {
        (0..<count).map { (name($0), values($0)) }
    }

    private static func padded(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    }
}
