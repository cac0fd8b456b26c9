import ResolutionProtocol
import Testing
import VectorFiles

/// The layout that the query path reads says what `ResolutionRequest` says.
@Suite struct ResolutionRequestLayoutTests {
    @Test func itAgreesOnEveryVector() throws {
        let bodies = try Self.bodies()
        #expect(bodies.count >= 60)
        for body in bodies { #expect(try Self.request(laidOutIn: body) == Self.read(body)) }
    }

    @Test func itAgreesOnMutations() throws {
        var random = SeededRandom(printingSeedFor: #function)
        let bodies = try Self.bodies().filter { $0.count <= 300 }
        var acceptedCount = 0
        for _ in 0..<100_000 {
            var body = bodies[random.below(bodies.count)]
            ByteMutation.mutate(&body, &random)
            let layout = try? Self.request(laidOutIn: body)
            if layout != (try? Self.read(body)) { Issue.record("they differ on \(body)") }
            if layout != nil { acceptedCount += 1 }
        }
        #expect(acceptedCount > 1_000 && acceptedCount < 99_000, "both outcomes are met: \(acceptedCount)")
    }

    @Test func theFurtherFieldOfTheNationalSDKIsPassedOver() throws {
        let request = ResolutionRequest(identifier: Array("88/1".utf8), identity: Array("300:88.118.1/admin".utf8))
        var plain = request
        plain.identity = nil
        #expect(try Self.request(laidOutIn: request.wire) == plain)
        #expect(try Self.request(laidOutIn: plain.wire + [1, 2, 3]) == plain)
    }

    private static func bodies() throws -> [[UInt8]] {
        try VectorSamples.messages(of: ["requests-resolve", "idis-extensions"]).compactMap { bytes in
            guard let message = try? Message(wire: bytes), case .resolve(let request) = message.body else { return nil }
            return request.wire
        }
    }

    /// The request without its further field, through the layout.
    private static func request(laidOutIn body: [UInt8]) throws -> ResolutionRequest {
        let layout = try ResolutionRequestLayout(of: body.span.bytes)
        let identifier = body[layout.identifierOffset..<(layout.identifierOffset + layout.identifierByteCount)]
        let indexes = (0..<layout.indexCount).map { body.bigEndianUInt32(at: layout.indexesOffset + $0 * 4) }
        let typeBytes = Array(body[layout.typesOffset..<(layout.typesOffset + layout.typesByteCount)])
        var reader = WireReader(typeBytes.span.bytes)
        var types: [WireText] = []
        for _ in 0..<layout.typeCount { types.append(try WireText(from: &reader)) }
        try reader.finish()
        return ResolutionRequest(identifier: Array(identifier), indexes: indexes, types: types)
    }

    /// The same through `ResolutionRequest`; bytes behind the types are its further field or nothing it knows.
    private static func read(_ body: [UInt8]) throws -> ResolutionRequest {
        var reader = WireReader(body.span.bytes)
        let request = ResolutionRequest(
            identifier: try reader.lengthPrefixedBytes(),
            indexes: try reader.array(),
            types: try reader.array()
        )
        guard var whole = try? ResolutionRequest(wire: body) else { return request }
        whole.identity = nil
        #expect(whole == request)
        return whole
    }
}
