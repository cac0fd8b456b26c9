internal import RecordFiles
internal import ResolutionProtocol

/// Some rows of a file that are asked for together: their names, and the values that the answers must have.
struct LookupBatch: ~Copyable {
    /// One row.
    struct Item {
        /// Data row number in the file.
        let row: Int
        fileprivate let name: Range<Int>
        fileprivate let values: Range<Int>
    }

    /// The most rows of a batch.
    let countMax: Int
    /// The most bytes of requests: what is written while answers wait must fit into the other side's buffers.
    let requestByteCountMax: Int
    /// The rows.
    private(set) var items: [Item] = []
    private var bytes = WireWriter(capacity: 1 << 16)
    private var encoder = RowEncoder()

    init(countMax: Int, requestByteCountMax: Int) {
        self.countMax = countMax
        self.requestByteCountMax = requestByteCountMax
    }

    /// Whether no more rows fit.
    var isFull: Bool { items.count >= countMax || requestByteCount >= requestByteCountMax }

    private var requestByteCount = 0

    mutating func removeAll() {
        items.removeAll(keepingCapacity: true)
        bytes.removeAll()
        requestByteCount = 0
    }

    /// Adds a row; what not everyone may read is not expected.
    mutating func append(_ row: borrowing RecordRow) {
        let name = bytes.count
        bytes.span(row.bytes.span.bytes.extracting(row.identifier))
        let values = bytes.count
        encoder.encode(row) { isPublic in isPublic }
        encoder.withValueList { bytes.span($0) }
        items.append(Item(row: row.row, name: name..<values, values: values..<bytes.count))
        requestByteCount += values - name + Self.requestOverhead
    }

    /// Adds a row that was registered; what not everyone may read is not expected.
    mutating func append(_ row: WireRow) {
        let name = bytes.count
        bytes.bytes(row.identifier)
        let values = bytes.count
        bytes.array(
            row.values.filter { $0.permissions.contains(.publicRead) && !RowEncoder.isSecret($0.type.span.bytes) }
        )
        items.append(Item(row: row.row, name: name..<values, values: values..<bytes.count))
        requestByteCount += values - name + Self.requestOverhead
    }

    /// Lends the name of a row.
    func withName<Value>(of item: Item, _ body: (RawSpan) -> Value) -> Value {
        body(bytes.bytes.extracting(item.name))
    }

    /// Lends the number of values and the values that the answer must have, in wire form.
    func withValues<Value>(of item: Item, _ body: (RawSpan) -> Value) -> Value {
        body(bytes.bytes.extracting(item.values))
    }

    /// Bytes of a request beside the name: envelope, header, three counts and the credential's length.
    static let requestOverhead = Envelope.byteCount + Header.byteCount + 16

    /// Appends the request for `item` under `requestID`.
    func writeRequest(for item: Item, requestID: UInt32, expiration: UInt32, to writer: inout WireWriter) {
        let bodyByteCount = 12 + item.name.count
        Envelope(requestID: requestID, messageLength: UInt32(Header.byteCount + bodyByteCount + 4)).write(to: &writer)
        Header(opCode: .resolution, expiration: expiration, bodyLength: UInt32(bodyByteCount)).write(to: &writer)
        writer.lengthPrefixedSpan(bytes.bytes.extracting(item.name))
        writer.uint32(0)
        writer.uint32(0)
        writer.uint32(0)
    }
}
