internal import Console
internal import Cryptography
internal import EventLoop
internal import NodeConfiguration
internal import Transport

/// The node's TLS: made from the files that `[tls]` names, and made anew from them at each reload.
struct NodeTLS: Sendable {
    private let section: TLSSection
    /// By what the listeners take connections; nil: there is no TLS.
    let context: ReplaceableTLSContext?

    /// Reads the files; throws what is wrong with them.
    init(_ section: TLSSection) throws(Failure) {
        self.section = section
        context = section.addresses.isEmpty ? nil : ReplaceableTLSContext(try Self.read(section))
    }

    /// Reads the files as they are now; the step has new connections go by them.
    func prepare() throws(Failure) -> ReloadStep {
        guard let context else { return ReloadStep {} }
        let fresh = try Self.read(section)
        let isSame = fresh.notAfter == context.current.notAfter
        return ReloadStep(changes: isSame ? [] : ["certificates"]) { context.replace(with: fresh) }
    }

    private static func read(_ section: TLSSection) throws(Failure) -> TLSContext {
        let identity = TLSIdentity(
            certificates: try file(section.certificate, "certificate"),
            privateKey: try file(section.key, "key")
        )
        let certificates: TLSClientCertificates =
            switch section.clientCertificate {
            case .none: .none
            case .optional: .optional(authorities: try file(section.clientCA, "client_ca"))
            case .required: .required(authorities: try file(section.clientCA, "client_ca"))
            }
        do throws(TLSContextError) {
            return try TLSContext(
                server: identity,
                clientCertificates: certificates,
                unixSeconds: SystemClock.coarseRealtimeSeconds()
            )
        } catch {
            throw Failure(.cannotUseTLS(error))
        }
    }

    private static func file(_ path: String, _ key: String) throws(Failure) -> TLSFile {
        do throws(ConfigurationError) {
            let file = try TLSFileBytes(path: path, keyPath: "tls.\(key)")
            return TLSFile(name: file.path, bytes: file.bytes)
        } catch {
            throw Failure(error.problems.map(UserMessage.init))
        }
    }
}
