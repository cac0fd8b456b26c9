/// What kind of identifier a text is (docs/schemes.md). The raw names are those of `idctl`'s JSON and never change.
package enum IdentifierScheme: String, CaseIterable, Sendable {
    /// `88.…/…`: CAICT's range, carried by the Handle protocol.
    case vaa
    /// `86.…/…`: China's range in the Handle system.
    case handleOfChina = "handle-86"
    /// Any other `prefix/suffix` whose prefix begins with a number.
    case handle
    /// `0.NA/…` and the like: names of the Handle system itself.
    case system
    /// A prefix alone: its own record is meant.
    case prefix
    /// An object identifier (ITU-T X.660).
    case oid
    /// Chinese Ecode (GB/T 31866): known by what the asker says alone.
    case ecode
    /// A GS1 element string, key or Digital Link.
    case gs1
    /// An electronic product code as a URN, which stands for a GS1 identifier.
    case epc
    /// A decentralized identifier of the blockchain infrastructure BIF.
    case didBID = "did-bid"
    /// Any other decentralized identifier.
    case did
    /// An address of the web that holds no identifier we know.
    case url
    /// None of these.
    case unknown

    /// Whether servers of the Handle protocol are asked for it.
    package var isOfHandleProtocol: Bool {
        switch self {
        case .vaa, .handleOfChina, .handle, .system, .prefix: true
        case .oid, .ecode, .gs1, .epc, .didBID, .did, .url, .unknown: false
        }
    }
}

/// The coding types that tables T2 and T7 know, one for each route (identification-system.md §5.2, §14).
package enum CodingType: String, CaseIterable, Sendable {
    case handle = "Handle"
    case oid = "OID"
    case didBID = "DID:BID"
    case vaa = "VAA"
    case ecode = "Ecode"
    case gs1 = "GS1"
}
