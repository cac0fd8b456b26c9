internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol

/// A record of the input that is to be registered over the wire.
struct WireRow: Sendable {
    /// Which record of the input it is, from 0, refused ones included: its number in the batch, so that it is the same
    /// whenever the input is read again.
    let number: UInt32
    /// Its first data row and its line, as people count them.
    let row: Int
    let line: Int
    let identifier: [UInt8]
    let values: [HandleValue]
    /// Bytes of it in a message.
    let byteCount: Int
    /// Why its template forbids it; nil: it does not.
    private let templateFault: ImportFault?

    /// Bytes of a message beside its rows: envelope, header, the batch, and what a session adds.
    static let messageOverhead = 1_024
    /// The most bytes that a row may take.
    static let byteCountMax = Envelope.messageLengthMax - messageOverhead

    /// The record with what is added to it.
    init(_ record: borrowing RecordRow, number: UInt32, _ additions: RowAdditions) {
        self.number = number
        row = record.row
        line = record.line
        identifier = record.copy(record.identifier)
        let values = additions.added(to: Self.unstamped(record.handleValues), of: identifier)
        self.values = values
        // What exists may be as it is, though it does not comply: then the server says what is worse.
        templateFault = additions.updates ? nil : additions.template?.fault(of: values)
        // Index, timestamp, lifetime, permissions and four lengths are 30 bytes of a value.
        byteCount = values.reduce(9 + identifier.count) { sum, value in
            value.references.reduce(sum + 30 + value.type.count + value.data.count) { $0 + 8 + $1.identifier.count }
        }
    }

    /// A server gives each value the time at which it registers it, whatever the input says: no time is expected.
    private static func unstamped(_ values: [HandleValue]) -> [HandleValue] {
        values.map { value in
            var value = value
            value.timestamp = 0
            return value
        }
    }

    /// The row as a message carries it.
    func applyRow(_ kind: ApplyRow.Kind) -> ApplyRow { ApplyRow(kind, identifier: identifier, values: values) }

    /// Why it cannot be sent at all; nil: it can.
    var fault: ImportFault? {
        do throws(IdentifierError) { _ = try Identifier(identifier) } catch { return .notAnIdentifier(error) }
        if values.isEmpty { return .refused(.noValues) }
        if values.count > Self.valueCountMax { return .refused(.tooManyValues) }
        return byteCount > Self.byteCountMax ? .refused(.tooLarge) : templateFault
    }

    private static let valueCountMax = 2_048

    /// Whether it holds a template, which must be there before what is made under it.
    var holdsTemplate: Bool { !values.templates.isEmpty }
}
