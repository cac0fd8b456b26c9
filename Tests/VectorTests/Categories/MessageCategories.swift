import ResolutionProtocol
import VectorFiles

/// Requests to resolve.
struct ResolutionRequestCategory: VectorCategory {
    let name = "requests-resolve"
    let kinds: Set<String> = ["resolve-all", "resolve-lists", "resolve-flags", "resolve-header", "resolve-length"]

    func differences(in vector: Vector) throws -> [String] {
        try messageDifferences(in: vector) { .resolve(try ResolutionRequest(fields: $0)) }
    }
}

/// Requests of every other kind.
struct AdminRequestCategory: VectorCategory {
    let name = "requests-admin"
    let kinds: Set<String> = [
        "create", "delete", "add-value", "modify-value", "remove-value", "list-handles", "home-na", "unhome-na",
        "list-homed-nas", "get-site-info", "session-terminate", "get-next-txn-id", "backup-server", "session-setup",
        "session-exchange-key", "challenge-answer", "verify-challenge",
    ]

    func differences(in vector: Vector) throws -> [String] {
        try messageDifferences(in: vector) { try MessageBody(requestKind: vector.kind, fields: $0) }
    }
}

/// Responses of every kind.
struct ResponseCategory: VectorCategory {
    let name = "responses"
    let kinds: Set<String> = [
        "resolve-success", "error", "referral", "challenge", "create-success", "generic-success",
        "list-handles-success", "list-nas-success", "site-info-success", "session-setup-success", "verify-success",
    ]

    func differences(in vector: Vector) throws -> [String] {
        try messageDifferences(in: vector) { try MessageBody(responseKind: vector.kind, fields: $0) }
    }
}

extension VectorCategory {
    /// Judges a whole message, its `parts` included.
    func messageDifferences(in vector: Vector, body: (JSONValue) throws -> MessageBody) throws -> [String] {
        let parts = try MessageParts(vector)
        // A body of which the fields hold a remark alone is given by its bytes.
        let isBodyGivenByBytes = parts != nil && vector.fields["body"]?["summary"] != nil
        return try differences(
            in: vector,
            decode: { bytes in
                let message = try Message(wire: bytes)
                guard let parts else { return message.fields }
                try parts.check(against: bytes)
                return isBodyGivenByBytes ? message.fields(withBody: .object([:])) : message.fields
            },
            encode: { fields in
                guard let parts, isBodyGivenByBytes else { return try Message(fields: fields, body: body).wire }
                return try Message(fields: fields) { _ in .bytes(parts.body) }.wire
            }
        )
    }
}

/// The member `parts`: the bytes of a message, cut.
private struct MessageParts {
    let envelope: [UInt8]
    let header: [UInt8]
    let body: [UInt8]
    let credential: [UInt8]

    /// Reads the parts of `vector`; nil when it gives none.
    init?(_ vector: Vector) throws {
        guard let parts = vector.members["parts"], parts != .null else { return nil }
        envelope = try parts.octets("envelope")
        header = try parts.octets("header")
        body = try parts.octets("body")
        credential = try parts.octets("credential")
    }

    func check(against bytes: [UInt8]) throws {
        guard envelope + header + body + credential == bytes, envelope.count == Envelope.byteCount,
            header.count == Header.byteCount, try Int(Header(wire: header).bodyLength) == body.count
        else { throw FieldError("parts do not cut hex into envelope, header, body and credential") }
    }
}

extension Message {
    fileprivate func fields(withBody body: JSONValue) -> JSONValue {
        guard case .object(var members) = fields else { return fields }
        members["body"] = body
        return .object(members)
    }
}
