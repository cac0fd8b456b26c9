/// Something that is told about a recognition: what was changed, decided, or is wrong; with a code that never changes.
package struct RecognitionNote: Hashable, Sendable {
    /// What there is to tell.
    package let kind: Kind
    /// Where, in bytes of the typed text from 0; its length stands for its end.
    package let place: Int

    init(_ kind: Kind, at place: Int) {
        self.kind = kind
        self.place = place
    }

    package enum Kind: Hashable, Sendable {
        // Left out or replaced.
        case whiteSpace
        case symbology([UInt8])
        case fullWidth
        case suffixFolded
        case suffixKept
        case handleScheme
        case webAddress
        case addressRest
        case urn
        case braces
        case takenOutOfDID
        case methodFolded
        case dataIdentifier([UInt8])
        case separator
        case padded
        case digitalLink
        case olderLinkName([UInt8])
        case fromEPC
        case defaultPrefix([UInt8])
        // Decided.
        case prefixNotOID
        case oidNotPrefix
        case handleNotOID
        case oidNotSystemName
        case gtinNotShortCode
        case shortCodeNotGTIN
        case shortCodeNotPrefix
        case ecodeAsGiven
        // Remarked.
        case linkType([UInt8])
        case noKey
        case lengthOfBID(byteCount: Int)
        case unknownMethod([UInt8])
        // Why it is nothing.
        case empty
        case tooLong(byteCount: Int)
        case noScheme
        case noIdentifier
        case prefixNotNumber
        case emptySegment
        case nothingInAddress
        case nothingInside
        case nestedTooDeep
        case unknownNamespace([UInt8])
        case arcCount(Int)
        case arcNotNumber
        case firstArc
        case secondArc
        case braceNotClosed
        case bracketMissing
        case unknownElement
        case elementLength([UInt8])
        case elementCharacter([UInt8])
        case checkDigit(expected: UInt8)
        case unknownEPC
        case badEPC
        case notOfGivenType(CodingType)
    }

    /// The code by which people search for it.
    package var code: String {
        switch kind {
        case .whiteSpace: "W-SCHEME-001"
        case .symbology: "W-SCHEME-002"
        case .fullWidth: "W-SCHEME-003"
        case .suffixFolded: "W-SCHEME-004"
        case .suffixKept: "W-SCHEME-005"
        case .handleScheme: "W-SCHEME-006"
        case .webAddress: "W-SCHEME-007"
        case .addressRest: "W-SCHEME-008"
        case .urn: "W-SCHEME-009"
        case .braces: "W-SCHEME-010"
        case .takenOutOfDID: "W-SCHEME-011"
        case .methodFolded: "W-SCHEME-012"
        case .dataIdentifier: "W-SCHEME-013"
        case .separator: "W-SCHEME-014"
        case .padded: "W-SCHEME-015"
        case .digitalLink: "W-SCHEME-016"
        case .olderLinkName: "W-SCHEME-017"
        case .fromEPC: "W-SCHEME-018"
        case .defaultPrefix: "W-SCHEME-019"
        case .prefixNotOID: "W-SCHEME-020"
        case .oidNotPrefix: "W-SCHEME-021"
        case .handleNotOID: "W-SCHEME-022"
        case .oidNotSystemName: "W-SCHEME-023"
        case .gtinNotShortCode: "W-SCHEME-024"
        case .shortCodeNotGTIN: "W-SCHEME-025"
        case .shortCodeNotPrefix: "W-SCHEME-026"
        case .ecodeAsGiven: "W-SCHEME-027"
        case .linkType: "W-SCHEME-030"
        case .noKey: "W-SCHEME-031"
        case .lengthOfBID: "W-SCHEME-032"
        case .unknownMethod: "W-SCHEME-033"
        default: faultCode
        }
    }

    private var faultCode: String {
        switch kind {
        case .empty: "W-SCHEME-040"
        case .tooLong: "W-SCHEME-041"
        case .noScheme: "W-SCHEME-042"
        case .noIdentifier: "W-SCHEME-043"
        case .prefixNotNumber: "W-SCHEME-044"
        case .emptySegment: "W-SCHEME-045"
        case .nothingInAddress: "W-SCHEME-046"
        case .nothingInside: "W-SCHEME-047"
        case .nestedTooDeep: "W-SCHEME-048"
        case .unknownNamespace: "W-SCHEME-049"
        case .arcCount: "W-SCHEME-050"
        case .arcNotNumber: "W-SCHEME-051"
        case .firstArc: "W-SCHEME-052"
        case .secondArc: "W-SCHEME-053"
        case .braceNotClosed: "W-SCHEME-054"
        case .bracketMissing: "W-SCHEME-055"
        case .unknownElement: "W-SCHEME-056"
        case .elementLength: "W-SCHEME-057"
        case .elementCharacter: "W-SCHEME-058"
        case .checkDigit: "W-SCHEME-059"
        case .unknownEPC: "W-SCHEME-060"
        case .badEPC: "W-SCHEME-061"
        default: "W-SCHEME-062"
        }
    }

    /// The word in JSON for what was left out or replaced; nil: nothing was.
    package var change: String? {
        switch kind {
        case .whiteSpace: "white-space"
        case .symbology: "symbology"
        case .fullWidth: "full-width"
        case .suffixFolded: "full-width-suffix"
        case .handleScheme: "hdl"
        case .webAddress: "url"
        case .addressRest: "query"
        case .urn: "urn"
        case .braces: "braces"
        case .takenOutOfDID, .methodFolded: "did"
        case .dataIdentifier: "data-identifier"
        case .separator: "separator"
        case .padded: "padded"
        case .digitalLink, .olderLinkName: "digital-link"
        case .fromEPC: "epc"
        case .defaultPrefix: "default-prefix"
        default: nil
        }
    }
}
