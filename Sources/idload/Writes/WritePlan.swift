internal import ResolutionClient
internal import ResolutionProtocol

/// What a run writes: small records of one shape, numbered, under a name that the operator gave.
struct WritePlan: Sendable {
    /// Records of a run, over all threads and targets: their numbers have eight digits.
    static let recordCountMax = 100_000_000
    private static let digitCount = 8
    /// Where who administers stands, as in what `idctl` creates.
    private static let administratorIndex: UInt32 = 100
    /// All that may be done with an identifier (data-model.md §4.1).
    private static let permissions: UInt16 = 0x07F3

    /// A prefix and what every suffix begins with, as `88.118.8/LOAD-`.
    let under: [UInt8]
    /// What makes the names of this run others than those of any other.
    let run: String
    let key: AdministratorKey
    /// The part of the requests that create, above 0, at most 1; the others modify.
    var createShare = 0.9
    /// Whether what was written is deleted in the end.
    var deletesAfterwards = false

    /// What all identifiers of the run begin with.
    var head: [UInt8] { under + Array(run.utf8) + [UInt8(ascii: "-")] }

    /// The identifier with a number below `recordCountMax`.
    func identifier(_ number: Int) -> [UInt8] { head + Self.digits(number) }

    /// The number of an identifier of this run; nil: it is none.
    func number(of identifier: [UInt8]) -> Int? {
        guard identifier.starts(with: head), identifier.count == head.count + Self.digitCount else { return nil }
        return Int(String(decoding: identifier.suffix(Self.digitCount), as: UTF8.self))
    }

    /// What the identifier with this number holds after so many changes, of which the lowest four bits count.
    func values(_ number: Int, version: UInt8) -> [HandleValue] {
        let administrator = AdminRecord(permissions: Self.permissions, administrator: key.reference)
        return [
            changing(number, version: version),
            HandleValue(index: Self.administratorIndex, type: ValueType.admin, data: administrator.wire),
        ]
    }

    /// The value that changes.
    func changing(_ number: Int, version: UInt8) -> HandleValue {
        let place = "https://example.com/idload/\(run)/"
        let digit = String(version & 0xF, radix: 16)
        let data = Array(place.utf8) + Self.digits(number) + Array("?version=\(digit)".utf8)
        return HandleValue(index: 1, type: Array("URL".utf8), data: data)
    }

    private static func digits(_ number: Int) -> [UInt8] {
        let digits = Array("\(number)".utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, digitCount - digits.count)) + digits
    }
}
