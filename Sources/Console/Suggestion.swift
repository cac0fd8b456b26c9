/// The nearest known name to one that was mistyped.
package enum Suggestion {
    /// The name of `known` that is nearest to `word`, if it is near enough to be what was meant.
    ///
    /// Near: at most a third of the word's bytes, and never more than three, were added, lost, changed or swapped.
    /// ASCII case does not count. Of equally near ones the first wins. Words over 64 bytes have no neighbour.
    package static func nearest(_ word: String, among known: [String]) -> String? {
        let typed = folded(word)
        guard !typed.isEmpty, typed.count <= byteCountMax else { return nil }
        let farthest = min(3, max(1, typed.count / 3))
        var best: (name: String, distance: Int)?
        for name in known {
            let candidate = folded(name)
            guard candidate.count <= byteCountMax, abs(candidate.count - typed.count) <= farthest else { continue }
            let distance = distance(typed, candidate)
            if distance <= farthest, distance < best?.distance ?? Int.max { best = (name, distance) }
        }
        return best?.name
    }

    private static let byteCountMax = 64

    /// Damerau-Levenshtein distance in its optimal string alignment form: no byte is moved twice.
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
        text.utf8.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    }
}
