/// Turns offsets into a text's bytes into lines and columns.
struct LineIndex {
    private let bytes: [UInt8]
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        starts = [0] + bytes.indices.lazy.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    func position(at offset: Int) -> SourcePosition {
        var (low, high) = (0, starts.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        let before = bytes[starts[low]..<max(starts[low], min(offset, bytes.count))]
        return SourcePosition(line: low + 1, column: before.count { $0 & 0xC0 != 0x80 } + 1)
    }
}
