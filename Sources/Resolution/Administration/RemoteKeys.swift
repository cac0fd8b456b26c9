public import ResolutionProtocol

/// Asks other nodes for the public keys of administrators who are registered there.
public protocol RemoteKeys: AnyObject, Sendable {
    /// Looks for the HS_PUBKEY values of `reference`'s identifier, in a bounded number of steps from node to node,
    /// without logging in anywhere, and never in what was learnt before. `then` is called once, from any thread.
    func values(
        of reference: ValueReference,
        then: @escaping @Sendable (Result<[HandleValue], RemoteKeyFailure>) -> Void
    )
}

/// Why the key of an administrator who is registered elsewhere cannot be had.
public enum RemoteKeyFailure: Error, Hashable, Sendable, CaseIterable {
    /// This node asks no others.
    case nobodyAsks
    /// It is a secret: these prove nothing to another node than the one that keeps them.
    case secret
    /// Nobody who could know it answered in time.
    case silent
    /// The answer was not signed by the node that should have given it.
    case unproven
    /// No node is known that is responsible for the administrator.
    case noRoute
    /// The responsible node refuses, or there is no way to it that ends.
    case refused
    /// Too many keys are being asked for.
    case busy

    /// What the asker is told.
    var text: String {
        switch self {
        case .nobodyAsks: "the key of this administrator is kept by another node, and this node asks no others"
        case .secret: "the secret key of this administrator is kept by another node: log in with a public key here"
        case .silent:
            "the key of this administrator is kept by a node that does not answer (密钥所在节点无应答); try again later"
        case .unproven: "the key of this administrator came unsigned or with a wrong signature (公钥应答签名无法验证)"
        case .noRoute: "no node is known that keeps the key of this administrator"
        case .refused: "the node that keeps the key of this administrator does not tell it"
        case .busy: "too many keys of other nodes are being asked for; ask again later"
        }
    }
}

extension RemoteKeyFailure {
    /// The keys that came of a recursion. What has lost its time proves nobody's identity.
    package static func keys(in outcome: RecursionOutcome) -> Result<[HandleValue], RemoteKeyFailure> {
        switch RemoteRecord(outcome) {
        case .found(let values, isStale: false): return .success(values)
        case .found: return .failure(.silent)
        // Who is responsible says that there is no such administrator, or that it has no such key.
        case .refused(.identifierNotFound), .refused(.valuesNotFound): return .success([])
        case .refused: break
        }
        switch outcome.finding {
        case .failed(.unreachable), .refused(.serverBusy), .refused(.error): return .failure(.silent)
        case .failed(.unproven): return .failure(.unproven)
        case .failed(.noRoute), .refused(.notResponsible): return .failure(.noRoute)
        case .failed(.busy): return .failure(.busy)
        default: return .failure(.refused)
        }
    }
}
