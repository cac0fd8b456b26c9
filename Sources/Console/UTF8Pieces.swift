/// Reads bytes as UTF-8 and says of each piece whether it is text.
///
/// An ill-formed sequence is cut as Unicode §3.9 recommends (“maximal subparts”), so that what follows it is still
/// read.
struct UTF8Pieces: Sequence, IteratorProtocol {
    enum Piece {
        case scalar(Unicode.Scalar)
        case illFormed(ArraySlice<UInt8>)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var iterator: IndexingIterator<[UInt8]>
    private var parser = Unicode.UTF8.ForwardParser()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        iterator = bytes.makeIterator()
    }

    mutating func next() -> Piece? {
        switch parser.parseScalar(from: &iterator) {
        case .emptyInput:
            return nil
        case .valid(let encoded):
            position += encoded.count
            return .scalar(Unicode.UTF8.decode(encoded))
        case .error(let byteCount):
            defer { position += byteCount }
            return .illFormed(bytes[position..<position + byteCount])
        }
    }
}
