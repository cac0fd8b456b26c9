import ResolutionProtocol
import VectorFiles

extension Message {
    /// A message out of its fields; `body` makes the body out of `fields.body`.
    init(fields: JSONValue, body: (JSONValue) throws -> MessageBody) throws {
        let bodyFields = try fields.object("body")
        let content = try body(bodyFields)
        var digest = try RequestDigest(bodyFields: bodyFields)
        if case .challenge = content { digest = nil }  // it holds the digest itself
        self.init(
            envelope: try Envelope(fields: try fields.object("envelope")),
            header: try Header(fields: try fields.object("header")),
            requestDigest: digest,
            body: content,
            credential: fields["credential"] == nil ? nil : try Credential(fields: try fields.object("credential"))
        )
    }

    var fields: JSONValue {
        let members = body.members(of: header.opCode).merging(requestDigest?.members ?? [:]) { $1 }
        return .object([
            "envelope": envelope.fields, "header": header.fields, "body": .object(members),
            "credential": credential?.fields ?? .null,
        ])
    }
}
