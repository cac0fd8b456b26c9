import Resolution
import ResolutionProtocol

/// What other nodes have of identifiers, and who is said to refer to them: as an input says.
final class ForeignRecords: RemoteRecords, ReferenceListing, @unchecked Sendable {
    // Sendable: there is one thread.

    /// A type whose values refer, beside those that always do.
    static let ownType = Array("PART".utf8)
    private static let names = [
        "88.118.8/A", "88.118.8/B", "88.118.8/none", "88.118.9/x", "88.118.7/y", "12.34/a", "12.34/A", "12.34/b",
        "56.78/a", "0.NA/88.118.8", "12.34", "", "/", "56.78/",
    ]
    private static let types = ["REFERENCE", "REFERENCE.X", "HS_ALIAS", "hs_alias", "PART", "URL", "HS_ADMIN", ""]
    private static let codes: [ResponseCode] = [
        .identifierNotFound, .valuesNotFound, .notResponsible, .serverBusy, .error, .authenticationNeeded, .request,
    ]

    private var input: FuzzInput
    /// Answers that come later.
    private var held: [() -> Void] = []

    init(_ bytes: [UInt8]) {
        input = bytes.withUnsafeBufferPointer { FuzzInput($0.baseAddress, $0.count) }
    }

    /// Gives the answers that were held back; false: there were none.
    func answerHeld() -> Bool {
        let waiting = held
        held = []
        for answer in waiting { answer() }
        return !waiting.isEmpty
    }

    func isAllowed(_ source: QuerySource) -> Bool { true }

    func ask(
        _ identifier: [UInt8],
        recursionCount: UInt8,
        then: @escaping @Sendable (RemoteRecord) -> Void
    ) {
        let manner = input.uint8()
        let record: RemoteRecord
        if manner & 7 == 0 {
            record = .refused(Self.codes[input.below(Self.codes.count)])
        } else {
            record = .found(Self.values(&input), isStale: manner & 8 != 0)
        }
        guard manner & 16 != 0 else { return then(record) }
        held.append { then(record) }
    }

    func referrers(of identifier: [UInt8], limit: Int) throws(ChangeLogError) -> Referrers? {
        var referrers = Referrers()
        referrers.names = (0..<min(limit, input.below(6))).map { _ in Self.name(&input) }
        referrers.isWhole = input.below(2) == 0
        return referrers
    }

    /// One of some names, so that circles come about, or the input's own.
    static func name(_ input: inout FuzzInput) -> [UInt8] {
        let choice = input.below(names.count + 2)
        switch choice {
        case names.count: return Array("12.34/\(input.uint16())".utf8)
        case names.count + 1: return input.piece()
        default: return Array(names[choice].utf8)
        }
    }

    /// What comes of one identifier.
    static func finding(_ input: inout FuzzInput) -> TraceFinding {
        let manner = input.uint8()
        switch manner % 6 {
        case 0: return TraceFinding(refusal: codes[input.below(codes.count)])
        case 1:
            let links = (0..<input.below(8)).map {
                TraceLink(index: UInt32($0), type: ownType, identifier: name(&input))
            }
            return .referrers(links, values(&input), isWhole: manner & 64 == 0)
        default: return .found(values(&input), isStale: manner & 64 != 0)
        }
    }

    private static func values(_ input: inout FuzzInput) -> [HandleValue] {
        let manner = input.uint8()
        let count = manner < 250 ? Int(manner) % 8 : 200
        return (0..<count).map { value(UInt32($0), &input) }
    }

    private static func value(_ index: UInt32, _ input: inout FuzzInput) -> HandleValue {
        let type = types[input.below(types.count)]
        var value = HandleValue(index: index, type: Array(type.utf8), data: name(&input))
        let manner = input.uint8()
        value.references = (0..<Int(manner & 3)).map { ValueReference(identifier: name(&input), index: UInt32($0)) }
        if manner & 4 != 0 { value.permissions = [.adminRead] }
        return value
    }
}
