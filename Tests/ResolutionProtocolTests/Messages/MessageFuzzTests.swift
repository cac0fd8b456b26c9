import Foundation
import ResolutionProtocol
import Testing
import VectorFiles

/// Changes good bytes at random and reads them with every decoder: nothing traps, and what is read can be written.
@Suite struct MessageFuzzTests {
    @Test func mutatedBytesAreReadOrRefused() throws {
        var random = SeededRandom(printingSeedFor: "fuzz")
        let samples = try Self.samples(&random)
        var readCount = 0
        for iteration in 0..<Self.iterationCount {
            var bytes = samples[random.below(samples.count)]
            ByteMutation.mutate(&bytes, &random)
            if Self.fixLengths(&bytes, iteration), Self.isReadAndWritten(bytes) { readCount += 1 }
            Self.readValues(Array(bytes.dropFirst(44)), iteration)
        }
        print("fuzz: \(Self.iterationCount) messages, \(readCount) of them read")
        #expect(readCount > 0, "mutations that are all refused reach no field")
    }

    private static var iterationCount: Int {
        ProcessInfo.processInfo.environment["HANJIANG_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 200_000
    }

    /// The vectors' short messages, and one random message of each kind.
    private static func samples(_ random: inout SeededRandom) throws -> [[UInt8]] {
        let vectors = try VectorSamples.messages(of: ["requests-resolve", "requests-admin", "responses"]).filter {
            $0.count <= 400
        }
        return vectors + (0..<SeededRandom.messageKindCount).map { random.message(kind: $0).wire }
    }

    /// In three of four rounds the envelope is given the right length, so that the decoders behind it are reached.
    private static func fixLengths(_ bytes: inout [UInt8], _ iteration: Int) -> Bool {
        guard bytes.count >= 20, iteration % 4 != 0 else { return bytes.count >= 20 }
        bytes = bytes.settingBigEndianUInt32(UInt32(bytes.count - 20), at: 16)
        guard bytes.count >= 48, iteration % 4 == 1 else { return true }
        bytes = bytes.settingBigEndianUInt32(UInt32(bytes.count - 48), at: 40)
        return true
    }

    /// Whether `bytes` are a message; when they are, writing and reading it again gives the same message.
    private static func isReadAndWritten(_ bytes: [UInt8]) -> Bool {
        guard let message = try? Message(wire: bytes) else { return false }
        let again = message.wire
        guard let second = try? Message(wire: again) else {
            Issue.record("what was read cannot be read again: \(bytes)")
            return true
        }
        if second.wire != again || second.body != message.body || second.credential != message.credential {
            Issue.record("what was read is another message when written: \(bytes)")
        }
        return true
    }

    /// Gives `bytes` to a decoder of value data that takes them as they are.
    private static func readValues(_ bytes: [UInt8], _ iteration: Int) {
        switch iteration % 10 {
        case 0: expectStable(SiteInfo.self, bytes)
        case 1: expectStable(HandleValue.self, bytes)
        case 2: expectStable(AdminRecord.self, bytes)
        case 3: expectStable(ValueList.self, bytes)
        case 4: expectStable(PublicKeyRecord.self, bytes)
        case 5: expectStable(Credential.self, bytes)
        case 6: _ = try? NamespaceDescription(xml: bytes)
        case 7: expectStable(PrivateKeyRecord.self, bytes)
        case 8: expectStable(PrivateKeyFile.self, bytes)
        default: expectStable(Envelope.self, bytes)
        }
    }

    private static func expectStable<T: WireCodable & Equatable>(_ type: T.Type, _ bytes: [UInt8]) {
        guard let value = try? T(wire: bytes) else { return }
        if (try? T(wire: value.wire)) != value { Issue.record("\(type) is another when written: \(bytes)") }
    }
}
