/// Who resolves an identifier (identification-system.md §14, column “route”).
package enum SchemeRoute: Hashable, Sendable {
    /// This node's own table: the prefix is homed here, or it is a name of the system.
    case own
    /// The own table, else the national top-level node.
    case ownElseTopLevel
    /// The global Handle registry; not counted as our own.
    case globalRegistry
    /// The OID resolution system: NAPTR records under the OID root; these labels, the last arc first (X.672 §7.3).
    case objectIdentifierSystem(labels: [UInt8])
    /// A GS1 resolver: the address to get; `linkType` may be asked for, and a linkset (RFC 9264).
    case gs1Resolver(address: [UInt8])
    /// BIF: `GET http://host/<bid>`; its answers may be kept for 86,400 s.
    case blockchainInfrastructure
    /// The Ecode platform's gateway.
    case ecodePlatform
    /// Nobody that we know.
    case none

    /// Its name in JSON, which never changes.
    package var name: String {
        switch self {
        case .own: "own"
        case .ownElseTopLevel: "own-else-top-level"
        case .globalRegistry: "ghr"
        case .objectIdentifierSystem: "ors"
        case .gs1Resolver: "gs1-resolver"
        case .blockchainInfrastructure: "bif"
        case .ecodePlatform: "ecode-platform"
        case .none: "none"
        }
    }
}
