import ResolutionProtocol
import VectorFiles

extension Envelope {
    init(fields: JSONValue) throws {
        self.init(
            version: ProtocolVersion(try fields.number("majorVersion"), try fields.number("minorVersion")),
            suggestedVersion: ProtocolVersion(
                try fields.number("suggestMajorVersion"),
                try fields.number("suggestMinorVersion")
            ),
            sessionID: try fields.number("sessionId"),
            requestID: try fields.number("requestId"),
            sequenceNumber: try fields.number("sequenceNumber"),
            messageLength: try fields.number("messageLength")
        )
        for (name, flag) in Self.flagNames where try fields.bool(name) { flags.insert(flag) }
    }

    var fields: JSONValue {
        var members: [String: JSONValue] = [
            "majorVersion": .number(version.major), "minorVersion": .number(version.minor),
            "suggestMajorVersion": .number(suggestedVersion.major),
            "suggestMinorVersion": .number(suggestedVersion.minor), "sessionId": .number(sessionID),
            "requestId": .number(requestID), "sequenceNumber": .number(sequenceNumber),
            "messageLength": .number(messageLength),
        ]
        for (name, flag) in Self.flagNames { members[name] = .bool(flags.contains(flag)) }
        return .object(members)
    }

    private static let flagNames: [(String, Flags)] = [
        ("compressed", .compressed), ("encrypted", .encrypted), ("truncated", .truncated),
    ]
}
