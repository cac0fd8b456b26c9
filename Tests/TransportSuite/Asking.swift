package import ResolutionProtocol

/// Requests and what their answers must be.
package enum Asking {
    /// A request to resolve `identifier`.
    package static func resolve(
        _ identifier: [UInt8],
        requestID: UInt32,
        indexes: [UInt32] = [],
        version: ProtocolVersion = .newest
    ) -> [UInt8] {
        Message(
            envelope: Envelope(version: version, requestID: requestID),
            header: Header(opCode: .resolution, expiration: 0),
            body: .resolve(ResolutionRequest(identifier: identifier, indexes: indexes))
        ).wire
    }

    /// A request for small record number `number` under a request id that tells it.
    package static func item(_ number: Int, requestID: UInt32? = nil) -> [UInt8] {
        resolve(SampleNode.item(number), requestID: requestID ?? id(of: number))
    }

    package static func id(of number: Int) -> UInt32 { 0x5000_0000 + UInt32(number) }

    /// A request of any operation, with a body of zeros.
    package static func operation(_ code: UInt32, requestID: UInt32, bodyByteCount: Int = 0) -> [UInt8] {
        Message(
            envelope: Envelope(requestID: requestID),
            header: Header(opCode: OpCode(rawValue: code), expiration: 0),
            body: .bytes([UInt8](repeating: 0, count: bodyByteCount))
        ).wire
    }

    /// Checks that `answer` gives `values` of `identifier` under `requestID`.
    package static func check(
        _ answer: [UInt8]?,
        gives values: [HandleValue],
        of identifier: [UInt8],
        requestID: UInt32
    ) throws {
        guard let answer else { throw SuiteFailure("no answer to request \(requestID)") }
        let message = try Message(wire: answer)
        try require(
            message.envelope.requestID == requestID,
            "request id \(message.envelope.requestID) for \(requestID)"
        )
        try require(message.header.responseCode == .success, "code \(message.header.responseCode.rawValue)")
        let expected = MessageBody.resolved(ResolutionAnswer(identifier: identifier, values: values))
        try require(message.body == expected, "other values than those of request \(requestID)")
    }

    /// Checks that `answer` is that of small record number `number`.
    package static func check(_ answer: [UInt8]?, item number: Int, requestID: UInt32? = nil) throws {
        try check(
            answer,
            gives: SampleNode.values(of: number),
            of: SampleNode.item(number),
            requestID: requestID ?? id(of: number)
        )
    }

    /// Checks that `answer` is that of a small record asked for under the id that tells its number; returns the number.
    package static func check(anItem answer: [UInt8]) throws -> Int {
        let number = Int(try requestID(of: answer)) - Int(id(of: 0))
        try check(answer, item: number)
        return number
    }

    /// The request id of a message or packet.
    package static func requestID(of message: [UInt8]) throws -> UInt32 {
        try Envelope(wire: Array(message.prefix(Envelope.byteCount))).requestID
    }
}
