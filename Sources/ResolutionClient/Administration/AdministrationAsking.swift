package import ResolutionProtocol

/// Whoever takes a request to a server that administers: over the wire as the owner of a key, or by the control socket
/// as the node's operator.
package protocol AdministrationAsking {
    /// Asks what may be answered in parts (flag CN), and hands each on until `each` says no.
    func askInParts(_ request: Message, _ each: (Message) -> Bool) throws(AdministrationError)

    /// Asks what `next` gives until it gives nil, up to `inFlight` requests at a time; each has one answer. `asked`
    /// gets the RequestId under which the request just given goes, and `each` its answer under the same, and says
    /// whether to go on. Throws where the server is not reached any more: what has no answer then may have been done.
    func askAll(
        inFlight: Int,
        next: () -> Message?,
        asked: (UInt32) -> Void,
        each: (_ requestID: UInt32, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AdministrationError)

    /// Says goodbye, where there is somebody to say it to.
    func end()
}

extension AdministrationAsking {
    /// One after the other.
    package func askAll(
        inFlight: Int,
        next: () -> Message?,
        asked: (UInt32) -> Void,
        each: (_ requestID: UInt32, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AdministrationError) {
        var id: UInt32 = 0
        while let request = next() {
            id += 1
            asked(id)
            guard each(id, .success(try ask(request))) else { return }
        }
    }

    package func end() {}
}

extension AdministrationAsking {
    /// Asks, and returns the answer, which may say no.
    package func ask(_ request: Message) throws(AdministrationError) -> Message {
        var first: Message?
        try askInParts(request) { part in
            if first == nil { first = part }
            return true
        }
        guard let first else { throw .unexpectedAnswer(request.header.opCode) }
        return first
    }

    /// The values of `identifier`, those that not everyone may read too; with `indexes` or `types` only these.
    package func resolve(
        _ identifier: [UInt8],
        indexes: [UInt32] = [],
        types: [[UInt8]] = []
    ) throws(AdministrationError) -> Message {
        let flags = OpFlags.requestDefault.subtracting(.publicOnly)
        return try ask(.resolution(of: identifier, indexes: indexes, types: types, flags: flags))
    }

    /// Creates `identifier` (operation 100) and returns its name, which with `mints` the server has made up the end of.
    package func create(
        _ identifier: [UInt8],
        _ values: [HandleValue],
        overwrites: Bool = false,
        mints: Bool = false
    ) throws(AdministrationError) -> [UInt8] {
        let answer = try ask(.creation(of: identifier, values, overwrites: overwrites, mints: mints))
        try answer.requireSuccess()
        guard case .created(let name) = answer.body else { throw .unexpectedAnswer(.createIdentifier) }
        return name?.bytes ?? identifier
    }

    /// Deletes `identifier` (operation 101).
    package func delete(_ identifier: [UInt8]) throws(AdministrationError) {
        try ask(.request(.deleteIdentifier, body: .name(NameRequest(name: identifier)))).requireSuccess()
    }

    /// Adds values (operation 102); with `overwrites` each takes the place of the one with its index, where there is
    /// one.
    package func add(
        _ values: [HandleValue],
        to identifier: [UInt8],
        overwrites: Bool = false
    ) throws(AdministrationError) {
        let body = MessageBody.values(ValuesRequest(identifier: identifier, values: values))
        let flags: OpFlags = overwrites ? [.requestDefault, .overwrite] : .requestDefault
        try ask(.request(.addValue, body: body, flags: flags)).requireSuccess()
    }

    /// Replaces the values with the indexes of these (operation 104).
    package func modify(_ values: [HandleValue], of identifier: [UInt8]) throws(AdministrationError) {
        let body = MessageBody.values(ValuesRequest(identifier: identifier, values: values))
        try ask(.request(.modifyValue, body: body)).requireSuccess()
    }

    /// Removes the values with these indexes (operation 103).
    package func remove(_ indexes: [UInt32], from identifier: [UInt8]) throws(AdministrationError) {
        let body = MessageBody.indexes(IndexesRequest(identifier: identifier, indexes: indexes))
        try ask(.request(.removeValue, body: body)).requireSuccess()
    }

    /// Lists the identifiers of `prefix` (operation 105); `each` gets them as they come and says whether to go on.
    package func list(_ prefix: [UInt8], _ each: ([[UInt8]]) -> Bool) throws(AdministrationError) {
        var refusal: AdministrationError?
        try askInParts(.request(.listIdentifiers, body: .name(NameRequest(name: prefix)))) { part in
            do throws(AdministrationError) {
                try part.requireSuccess()
                guard case .names(let names) = part.body else { throw .unexpectedAnswer(.listIdentifiers) }
                return each(names.map(\.bytes))
            } catch {
                refusal = error
                return false
            }
        }
        if let refusal { throw refusal }
    }

    /// Follows references (operation 9002); `each` gets messages of the answer as they come and says whether to go on.
    package func trace(
        _ request: TraceRequest,
        isPublicOnly: Bool,
        _ each: (TraceAnswer) -> Bool
    ) throws(AdministrationError) {
        let flags = isPublicOnly ? OpFlags.requestDefault : .requestDefault.subtracting(.publicOnly)
        var refusal: AdministrationError?
        try askInParts(.request(.trace, body: .bytes(request.wire), flags: flags)) { part in
            do throws(AdministrationError) {
                try part.requireSuccess()
                guard case .bytes(let body) = part.body, let answer = try? TraceAnswer(wire: body) else {
                    throw .unexpectedAnswer(.trace)
                }
                return each(answer)
            } catch {
                refusal = error
                return false
            }
        }
        if let refusal { throw refusal }
    }

    /// Carries out rows of a batch (operation 9001) and returns what became of each.
    package func apply(_ request: ApplyRequest) throws(AdministrationError) -> [ApplyOutcome] {
        let answer = try ask(.request(.apply, body: .bytes(request.wire)))
        try answer.requireSuccess()
        guard case .bytes(let body) = answer.body, let outcomes = ApplyOutcome.all(in: body),
            outcomes.count == request.rows.count
        else { throw .unexpectedAnswer(.apply) }
        return outcomes
    }
}

extension Message {
    /// A request to create `identifier` (operations.md §5).
    package static func creation(
        of identifier: [UInt8],
        _ values: [HandleValue],
        overwrites: Bool = false,
        mints: Bool = false
    ) -> Message {
        var flags = OpFlags.requestDefault
        if overwrites { flags.insert(.overwrite) }
        if mints { flags.insert(.mintSuffix) }
        return request(
            .createIdentifier,
            body: .values(ValuesRequest(identifier: identifier, values: values)),
            flags: flags
        )
    }
}

extension ApplyOutcome {
    /// The outcomes in the body of an answer, which are all of it; nil where it cannot be read.
    package static func all(in body: [UInt8]) -> [ApplyOutcome]? {
        var reader = WireReader(body.span.bytes)
        var outcomes: [ApplyOutcome] = []
        while reader.remaining > 0 {
            guard let next = try? ApplyOutcome(from: &reader) else { return nil }
            outcomes.append(next)
        }
        return outcomes
    }
}
