/// The known name nearest to one that was mistyped, for `unknown key`.
enum NearestName {
    /// The name of `known` that differs from `word` least, if by no more than a third of its bytes and three; `nil`
    /// where none is near.
    ///
    /// A difference is one byte added, lost, changed, or two neighbours swapped. ASCII case and `-` for `_` do not
    /// count.
    static func of(_ word: String, among known: [String]) -> String? {
        let typed = folded(word)
        guard !typed.isEmpty, typed.count <= 64 else { return nil }
        let farthest = min(3, max(1, typed.count / 3))
        let near = known.map { (name: $0, distance: distance(typed, folded($0))) }.filter { $0.distance <= farthest }
        return near.min { $0.distance < $1.distance }?.name
    }

    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            case UInt8(ascii: "-"): UInt8(ascii: "_")
            default: byte
            }
        }
    }
}
