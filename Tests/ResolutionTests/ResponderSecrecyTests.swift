import Resolution
import ResolutionProtocol
import Testing

/// What not everyone may read, and secret keys, never leave (U6).
@Suite struct ResponderSecrecyTests {
    private static let hidden = Registry.value(2, "EMAIL", "hidden@example.org", [.adminRead, .adminWrite])
    private static let writable = Registry.value(3, "NOTE", "hidden too", [.publicWrite])

    private let node = Registry.node()

    @Test func U6OnlyPublicValuesAreAnswered() {
        node.store.put("88.118.8/M", [Registry.url, Self.hidden, Self.writable])
        for flags in [OpFlags.requestDefault, [.cacheCertify, .recursive]] {
            for request in [
                Message.resolve("88.118.8/M", flags: flags),
                .resolve("88.118.8/M", indexes: [1, 2, 3], flags: flags),
                .resolve("88.118.8/M", types: ["URL", "EMAIL", "NOTE"], flags: flags),
            ] {
                let body = MessageBody.resolved(
                    ResolutionAnswer(identifier: Array("88.118.8/M".utf8), values: [Registry.url])
                )
                let echoed = OpFlags([.authoritative, .recursive]).union(flags)
                expect(node.reply(to: request), expectedAnswer(to: request, .success, body, flags: echoed))
            }
        }
    }

    @Test func U6NothingPublicIsCode200() {
        node.store.put("88.118.8/H", [Self.hidden])
        let text = "no such value that everyone may read"
        expectError(of: node, .resolve("88.118.8/H"), .valuesNotFound, text)
        expectError(of: node, .resolve("88.118.8/H", flags: []), .valuesNotFound, text)
        expectError(of: node, .resolve("88.118.8/H", indexes: [2]), .valuesNotFound, text)
    }

    static let secretTypes = [
        "HS_SECKEY", "hs_seckey", "Hs_SecKey", "HS_SECKEY.", "HS_SECKEY.A", "hs_seckey.a.b", "HS_SECKEy",
    ]
    static let askedTypes: [[String]] = [
        [], ["HS_SECKEY"], ["hs_seckey"], ["HS_SECKEY."], ["HS_SECKEY.A"], ["hs_seckey.a.b"], ["HS_SECKEY.A."],
    ]

    @Test(arguments: secretTypes)
    func U6SecretKeyNeverLeaves(type: String) {
        let marker = "top secret"
        for rights in UInt8(0)...15 {
            let secret = Registry.value(300, type, marker, ValuePermissions(rawValue: rights))
            node.store.put("88.118.8/S", [Registry.url, secret])
            node.store.put("88.118.8/ONLY", [secret])
            for name in ["88.118.8/S", "88.118.8/ONLY"] {
                for types in Self.askedTypes + [[type]] {
                    for indexes in [[], [300], [1, 300]] as [[UInt32]] {
                        for flags in [OpFlags.requestDefault, [.publicOnly], [], [.certify]] {
                            let request = Message.resolve(name, indexes: indexes, types: types, flags: flags)
                            let reply = node.reply(to: request)
                            let isURLWanted =
                                name.hasSuffix("S") && (indexes + (types.isEmpty ? [1] : [])).contains(1)
                                && !(types.isEmpty && indexes == [300])
                            let expected: [HandleValue]? = isURLWanted ? [Registry.url] : nil
                            #expect(values(in: reply) == expected)
                            #expect(reply.code == (isURLWanted ? .success : .valuesNotFound))
                            #expect(!contains(reply.bytes, Array(marker.utf8)))
                        }
                    }
                }
            }
        }
    }

    @Test func typesThatOnlyLookLikeSecretKeysAreAnswered() {
        let values = ["HS_SECKEYS", "HS_SECKE", "HS_SECKEY_", "XHS_SECKEY", "HS_PUBKEY"].enumerated().map {
            Registry.value(UInt32($0.offset + 1), $0.element, "data")
        }
        node.store.put("88.118.8/L", values)
        expectValues(of: node, .resolve("88.118.8/L"), values)
    }

    @Test func U6SecretKeyIsNoPartOfAReferral() {
        node.store.put("0.NA/88.118.7", [Registry.value(1, "HS_SERV", "a/b"), Registry.value(2, "HS_SECKEY", "k")])
        let request = Message.resolve("88.118.7/x")
        let referral = Referral(identifier: [], values: [Registry.value(1, "HS_SERV", "a/b")])
        expect(node.reply(to: request), expectedAnswer(to: request, .serviceReferral, .referral(referral)))
    }

    private func values(in reply: Reply) -> [HandleValue]? {
        guard case .resolved(let answer) = reply.message?.body else { return nil }
        return answer.values
    }
}

/// Whether `part` stands somewhere in `whole`.
func contains(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
    guard whole.count >= part.count, let first = part.first else { return false }
    return (0...(whole.count - part.count)).contains { start in
        whole[start] == first && whole[start..<(start + part.count)].elementsEqual(part)
    }
}
