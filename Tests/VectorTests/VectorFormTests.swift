import ResolutionProtocol
import Testing
import VectorFiles

/// Forms that vectors/README.md allows and that few or none of the copied vectors of these categories have.
@Suite struct VectorFormTests {
    @Test func messagesWithCredentialsAndBodiesGivenByTheirBytes() throws {
        let vectors = try Self.vectors(of: "credential")
        #expect(vectors.count > 30)
        for vector in vectors {
            let differences = try ResponseCategory().messageDifferences(in: vector) { _ in .bytes([]) }
            #expect(differences == [], "\(vector.name)")
            for mutant in VectorMutation.flippedBytes(of: vector, step: 60) {
                let found = try? ResponseCategory().messageDifferences(in: mutant) { _ in .bytes([]) }
                #expect(found != [], "\(vector.name)")
            }
        }
    }

    @Test func theNationalSDKsRequests() throws {
        let vectors = try Self.vectors(of: "idis-extensions").filter { $0.kind == "resolve" }
        #expect(!vectors.isEmpty)
        for vector in vectors {
            let differences = try ResolutionRequestCategory().messageDifferences(in: vector) {
                .resolve(try ResolutionRequest(fields: $0))
            }
            #expect(differences == [], "\(vector.name)")
        }
    }

    @Test(arguments: [
        // Version 3.0 with indexes behind an error's text; a bit pattern written -1.
        (
            "error", "0300030000000000000000010000000000000028",
            "0000000100000002190000000001000000000064" + "0000000c", "00000000" + "00000001ffffffff" + "00000000",
            #"{"message":"","indexes":[-1]}"#
        ),
        // A referral whose list is there and empty.
        (
            "referral", "0300030000000000000000010000000000000024",
            "000000010000012e190000000001000000000064" + "00000008", "00000000" + "00000000" + "00000000",
            #"{"referralHandle":"","values":[]}"#
        ),
        // A referral without a list.
        (
            "referral", "0300030000000000000000010000000000000020",
            "000000010000012e190000000001000000000064" + "00000004", "00000000" + "00000000",
            #"{"referralHandle":"","values":null}"#
        ),
    ])
    func handMadeResponses(_ kind: String, _ envelope: String, _ header: String, _ rest: String, _ body: String) throws
    {
        let message = try Message(wire: try #require(Hexadecimal.bytes(envelope + header + rest)))
        let vector = try #require(
            Vector(
                .object([
                    "name": .string("x-1"), "kind": .string(kind), "hex": .string(envelope + header + rest),
                    "fields": .object([
                        "envelope": message.envelope.fields, "header": message.header.fields,
                        "body": try JSONValue(text: body), "credential": .null,
                    ]),
                ])
            )
        )
        #expect(try ResponseCategory().differences(in: vector) == [])
    }

    @Test func emptyAndAbsentAreDifferent() throws {
        let fields = try JSONValue(text: #"{"a":null,"b":[]}"#)
        #expect(FieldDifferences.between(fields, try JSONValue(text: #"{"b":[]}"#)).isEmpty)
        #expect(FieldDifferences.between(fields, try JSONValue(text: #"{"a":[],"b":[]}"#)).count == 1)
        #expect(FieldDifferences.between(fields, try JSONValue(text: "{}")).count == 1)
    }

    @Test func numbersInHexMayHaveAnOddNumberOfDigits() throws {
        #expect(Hexadecimal.number("10001") == [1, 0, 1])
        #expect(Hexadecimal.number("2") == [2])
        #expect(Hexadecimal.number("00ff") == [0xFF])
        #expect(Hexadecimal.number("0x1") == nil)
        #expect(Hexadecimal.bytes("abc") == nil)
        let padded = try JSONValue(text: #"{"pHex":"0abc"}"#)
        #expect(FieldDifferences.between(padded, try JSONValue(text: #"{"pHex":"abc"}"#)).isEmpty)
        #expect(FieldDifferences.between(padded, try JSONValue(text: #"{"pHex":"abd"}"#)).count == 1)
    }

    @Test func bitPatternsAreComparedInListsOfIndexesAlone() throws {
        let signed = try JSONValue(text: #"{"requestedIndexes":[-1]}"#)
        #expect(FieldDifferences.between(signed, try JSONValue(text: #"{"requestedIndexes":[4294967295]}"#)).isEmpty)
        let other = try JSONValue(text: #"{"timestamp":-1}"#)
        #expect(FieldDifferences.between(other, try JSONValue(text: #"{"timestamp":4294967295}"#)).count == 1)
    }

    @Test func textsAreComparedByTheirBytes() throws {
        let composed = JSONValue.object(["handle": .string("88/é")])
        let decomposed = JSONValue.object(["handle": .string("88/e\u{301}")])
        #expect(FieldDifferences.between(composed, decomposed).count == 1)
    }

    @Test func bytesThatCannotBeReproducedNeedNotBe() throws {
        let value = HandleValue(index: 1, type: Array("URL".utf8), data: [])
        var members: [String: JSONValue] = [
            "name": .string("x-1"), "kind": .string("types"), "hex": .octets(value.wire), "fields": value.fields,
        ]
        let vector = try #require(Vector(.object(members)))
        let encodeOther: (JSONValue) throws -> [UInt8] = { _ in [] }
        let decode: ([UInt8]) throws -> JSONValue = { try HandleValue(wire: $0).fields }
        #expect(try ValueCategory().differences(in: vector, decode: decode, encode: encodeOther).count == 1)
        members["deterministic"] = .bool(false)
        let random = try #require(Vector(.object(members)))
        #expect(try ValueCategory().differences(in: random, decode: decode, encode: encodeOther).isEmpty)
    }

    @Test(arguments: [
        ("192.0.2.1", "000000000000000000000000c0000201"), ("2001:db8:2::b", "20010db800020000000000000000000b"),
        ("0.0.0.0", "00000000000000000000000000000000"), ("::ffff:192.0.2.1", "00000000000000000000ffffc0000201"),
    ])
    func addresses(_ text: String, _ hex: String) throws {
        let bytes = try #require(Hexadecimal.bytes(hex))
        #expect(IPAddressText.text(bytes) == text)
        #expect(IPAddressText.bytes(text) == bytes)
        #expect(IPAddressText.bytes(text + "x") == nil)
    }

    private static func vectors(of category: String) throws -> [Vector] {
        let files = try VectorFolder.files(in: VectorFolder.copiesPath)
        let file = try #require(files.compactMap { try? $0.get() }.first { $0.category == category })
        return try file.vectors.map { try $0.get() }
    }
}
