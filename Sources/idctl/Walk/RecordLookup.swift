internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// Asks a server for records as far as the asker may read them.
struct RecordLookup {
    /// Requests under way at a time.
    private static let inFlight = 128

    /// What a server says of an identifier.
    enum Found {
        /// These values; `isWhole` unless others are there that may not be read.
        case values([HandleValue], isWhole: Bool)
        /// It is not there any more.
        case gone
        /// Another code.
        case refused(ResponseCode)
    }

    private let asking: PatientAsking
    /// Whether the asker has a key, or is the operator: others are given what everyone may read.
    private let hasRights: Bool

    init(_ asking: PatientAsking, hasRights: Bool) {
        self.asking = asking
        self.hasRights = hasRights
    }

    /// What is found of each; nil where somebody pressed Ctrl-C before.
    func look(up names: [[UInt8]]) throws(CommandFailure) -> [Found?] {
        var found = [Found?](repeating: nil, count: names.count)
        // Of a record with a value that this asker may not read the server shows nothing, unless only what everyone may
        // read is asked for.
        var hidden: [Int] = []
        try ask(names, Array(names.indices), isPublicOnly: !hasRights) { place, answer in
            let code = answer.header.responseCode
            if hasRights, code == .notAdministrator || code == .insufficientPermission {
                hidden.append(place)
            } else {
                found[place] = Self.found(answer, isWhole: true)
            }
        }
        try ask(names, hidden, isPublicOnly: true) { found[$0] = Self.found($1, isWhole: false) }
        return found
    }

    private func ask(
        _ names: [[UInt8]],
        _ places: [Int],
        isPublicOnly: Bool,
        take: (Int, Message) -> Void
    ) throws(CommandFailure) {
        guard !places.isEmpty else { return }
        var flags: OpFlags = [.requestDefault, .authoritative]
        if !isPublicOnly { flags.remove(.publicOnly) }
        try asking.ask(places.count, inFlight: Self.inFlight) { item in
            .resolution(of: names[places[item]], flags: flags)
        } take: { item, answer in
            take(places[item], answer)
            return .taken
        }
    }

    private static func found(_ answer: Message, isWhole: Bool) -> Found {
        switch answer.header.responseCode {
        case .success:
            guard case .resolved(let resolved) = answer.body else { return .refused(.error) }
            return .values(resolved.values, isWhole: isWhole)
        // There it is, and nothing of it is for this asker.
        case .valuesNotFound: return .values([], isWhole: false)
        case .identifierNotFound: return .gone
        case let code: return .refused(code)
        }
    }
}
