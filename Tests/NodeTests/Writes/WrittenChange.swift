import ResolutionClient
import ResolutionProtocol

/// A change of one identifier, in the two ways in which it can be asked for.
enum WrittenChange: Sendable {
    case create([HandleValue])
    /// All values are replaced.
    case put([HandleValue])
    case add(HandleValue)
    case modify(HandleValue)
    case remove(HandleValue)
    case delete

    /// What becomes of `values`; nil: nothing is left.
    func result(of values: [HandleValue]?) -> [HandleValue]? {
        let values = values ?? []
        switch self {
        case .create(let new), .put(let new): return new
        case .add(let value): return values + [value]
        case .modify(let value): return values.map { $0.index == value.index ? value : $0 }
        case .remove(let value): return values.filter { $0.index != value.index }
        case .delete: return nil
        }
    }

    /// A request of its own, by operations 100 to 104.
    func request(for name: [UInt8], requestID: UInt32) -> Message {
        switch self {
        case .create(let values): Self.request(.createIdentifier, name, values, requestID)
        case .put(let values): Self.request(.createIdentifier, name, values, requestID, adding: .overwrite)
        case .add(let value): Self.request(.addValue, name, [value], requestID)
        case .modify(let value): Self.request(.modifyValue, name, [value], requestID)
        case .remove(let value):
            Message.request(
                .removeValue,
                body: .indexes(IndexesRequest(identifier: name, indexes: [value.index])),
                requestID: requestID
            )
        case .delete:
            Message.request(.deleteIdentifier, body: .name(NameRequest(name: name)), requestID: requestID)
        }
    }

    private static func request(
        _ opCode: OpCode,
        _ name: [UInt8],
        _ values: [HandleValue],
        _ requestID: UInt32,
        adding flags: OpFlags = []
    ) -> Message {
        Message.request(
            opCode,
            body: .values(ValuesRequest(identifier: name, values: values)),
            flags: OpFlags.requestDefault.union(flags),
            requestID: requestID
        )
    }

    /// A row of a batch (operation 9001).
    func row(for name: [UInt8]) -> ApplyRow {
        switch self {
        case .create(let values): ApplyRow(.create, identifier: name, values: values)
        case .put(let values): ApplyRow(.put, identifier: name, values: values)
        case .add(let value): ApplyRow(.add, identifier: name, values: [value])
        case .modify(let value): ApplyRow(.modify, identifier: name, values: [value])
        case .remove(let value): ApplyRow(.remove, identifier: name, values: [value])
        case .delete: ApplyRow(.delete, identifier: name, values: [])
        }
    }
}
