internal import Authentication
internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

extension WriteOptions {
    /// Bytes of a run's name.
    private static let runByteCountMax = 32
    /// Behind the run's name come a hyphen and eight digits.
    private static let tailByteCountMax = runByteCountMax + 9

    /// What is to be written; nil where no target is written to.
    func plan(for carriers: [LoadPlan.Carrier], seed: UInt64) throws(LoadError) -> WritePlan? {
        guard carriers.contains(.admin) else { return nil }
        guard let writeUnder else { throw LoadError(.nowhereToWrite, exitCode: .usage) }
        guard let auth, (keyFile == nil) != (secretFile == nil) else {
            throw LoadError(.nobodyToWrite, exitCode: .usage)
        }
        guard let reference = ValueReference(text: auth) else {
            throw LoadError(.badAdministrator(auth), exitCode: .usage)
        }
        return WritePlan(
            under: try Self.place(writeUnder),
            run: try writeRun.map { name throws(LoadError) in try Self.runName(name) } ?? Self.runName(ofSeed: seed),
            key: AdministratorKey(reference, try proof()),
            createShare: try createShare(),
            deletesAfterwards: deleteAfterwards
        )
    }

    private static func place(_ text: String) throws(LoadError) -> [UInt8] {
        guard let name = try? Identifier(Array(text.utf8)), text.utf8.contains(UInt8(ascii: "/")),
            name.bytes.count + tailByteCountMax <= IdentifierGrammar.byteCountMax
        else { throw LoadError(.badPlaceToWrite(text), exitCode: .usage) }
        return name.bytes
    }

    private static func runName(_ text: String) throws(LoadError) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        guard isPlain, (1...runByteCountMax).contains(text.utf8.count) else {
            throw LoadError(.badRunName(text), exitCode: .usage)
        }
        return text
    }

    /// 41 bits of the seed's.
    private static func runName(ofSeed seed: UInt64) -> String {
        var numbers = SeededNumbers(seed: seed ^ 0x77_7269_7465)
        let digits = String(numbers.next() >> 23, radix: 36)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    private func proof() throws(LoadError) -> AdministratorKey.Proof {
        if let secretFile { return .secret(try SecretFile.line(secretFile)) }
        return .privateKey(try SecretFile.privateKey(keyFile ?? "", passphraseFile: passphraseFile))
    }

    /// The part that creates, of `create:90,modify:10`.
    private func createShare() throws(LoadError) -> Double {
        guard let writeMix else { return 0.9 }
        var weights: [Substring: Double] = [:]
        for item in writeMix.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, ["create", "modify"].contains(parts[0]), weights[parts[0]] == nil,
                let weight = Double(parts[1]), (0...1e6).contains(weight)
            else { throw LoadError(.badWriteMix(writeMix), exitCode: .usage) }
            weights[parts[0]] = weight
        }
        let (creations, changes) = (weights["create"] ?? 0, weights["modify"] ?? 0)
        // Only what was created can be changed.
        guard creations > 0 else { throw LoadError(.badWriteMix(writeMix), exitCode: .usage) }
        return creations / (creations + changes)
    }
}
