internal import Authentication
internal import Cryptography
internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// What this node has to say to one server of the level above about its own site: the values of its prefix's record are
/// read, and its site among them is changed, as the owner of a key.
struct RouteDialogue {
    /// Why it could not be made sure that the server has this node's site.
    struct Problem: Error {
        var text: String
        /// Whether it is the server's word, so that others need not be asked.
        var isFinal = false
    }

    /// How long a server may take: it makes those wait longest who failed to prove who they are.
    private static let timeouts = AskTimeouts(connect: 3_000, answer: 15_000)
    /// Where the key stands in the record.
    static let keyIndex: UInt32 = 300

    private let server: SocketAddress
    private let recordName: [UInt8]
    private let key: PrivateKey
    private let client: AdministrationClient

    /// With `server`, about the record `recordName`, whose value 300 is the public half of `key`; by TLS where there is
    /// `security`.
    init(_ server: SocketAddress, recordName: [UInt8], key: PrivateKey, security: TLSContext?) {
        var settings = DialogueSettings()
        settings.usesSession = false
        self.server = server
        self.recordName = recordName
        self.key = key
        let reference = ValueReference(identifier: recordName, index: Self.keyIndex)
        let owner = AdministratorKey(reference, .privateKey(key))
        client = AdministrationClient(
            server: server,
            key: owner,
            settings: settings,
            timeouts: Self.timeouts,
            security: security
        )
    }

    func end() { client.end() }

    /// The values of the prefix's record.
    func values() throws(Problem) -> [HandleValue] {
        do throws(AdministrationError) {
            let answer = try client.resolve(recordName)
            try answer.requireSuccess()
            guard case .resolved(let record) = answer.body else { throw .unexpectedAnswer(.resolution) }
            return record.values
        } catch .refused(.identifierNotFound, _) {
            throw problem("\(name) is not there: idctl federation join on the level above")
        } catch .refused(let code, _) where [.notResponsible, .serviceReferral, .prefixReferral].contains(code) {
            throw problem("another node keeps \(name): federation.above is not the level above of this prefix")
        } catch {
            throw problem(error)
        }
    }

    /// Has `changed` take the places of those of `values` with their indexes.
    func modify(_ changed: [HandleValue], among values: [HandleValue]) throws(Problem) {
        // Everybody may read the key that is registered: so none is tried that cannot do.
        let registered = values.first { $0.index == Self.keyIndex && $0.isPublicKey }
        if let registered, !isRegistered(registered.data) {
            throw problem("value \(Self.keyIndex) of \(name) is the key of another node: \(Self.advice)")
        }
        do throws(AdministrationError) {
            try client.modify(changed, of: recordName)
        } catch .refused(let code, let text) where (400...406).contains(code.rawValue) {
            let reason = text.isEmpty ? "" : " (\(text))"
            throw problem("code \(code.rawValue)\(reason): this node may not change \(name): \(Self.advice)")
        } catch {
            throw problem(error)
        }
    }

    /// What may be otherwise at another server.
    private func problem(_ error: AdministrationError) -> Problem {
        if case .asking = error { return Problem(text: "\(error)") }
        return Problem(text: "\(server): \(error)")
    }

    /// The server's last word.
    func problem(_ text: String) -> Problem { Problem(text: "\(server): \(text)", isFinal: true) }

    private static let advice =
        "idctl federation join there with this node's key, or federation.route_key for the one registered"

    private var name: String { String(decoding: recordName, as: UTF8.self) }

    private func isRegistered(_ data: [UInt8]) -> Bool {
        guard let other = try? PublicKey.registered(data).subjectPublicKeyInfo() else { return false }
        return other == (try? key.publicKey.subjectPublicKeyInfo())
    }
}

extension HandleValue {
    fileprivate var isPublicKey: Bool { ASCIIFolding.uppercased(type) == ValueType.publicKey }
}
