extension RecognitionNote: CustomStringConvertible {
    /// What it says, in English. Bytes of the text itself are ASCII here; others are left out.
    package var description: String {
        switch kind {
        case .whiteSpace: "white space around it left out"
        case .symbology(let mark): "the scanner's mark \(Self.text(mark)) in front left out"
        case .fullWidth: "full-width characters read as ASCII"
        case .suffixFolded: "those of the suffix too; if it was registered in them, ask for it with hdl: in front"
        case .suffixKept: "the suffix has full-width characters, which are kept: it may have been registered so"
        case .handleScheme: "“hdl:” left out, percent signs decoded"
        case .webAddress: "taken out of the web address, percent signs decoded"
        case .addressRest: "what stands behind the path of the address left out"
        case .urn: "“urn:oid:” left out"
        case .braces: "read in the notation of ASN.1"
        case .takenOutOfDID: "taken out of the DID"
        case .methodFolded: "the method of the DID written in lower case"
        case .dataIdentifier(let text): "the data identifier \(Self.text(text)) in front left out"
        case .separator: "a separator (FNC1) that nothing needs left out"
        case .padded: "zeros put in front, so that the GTIN has 14 digits"
        case .digitalLink: "taken out of a GS1 Digital Link"
        case .olderLinkName(let text): "the name \(Self.text(text)) of the first Digital Links read as its number"
        case .fromEPC: "the EPC written as the GS1 identifier that it stands for"
        case .defaultPrefix(let prefix): "no prefix was given: the tenant's, \(Self.text(prefix)), put in front"
        case .prefixNotOID: "a prefix, and no OID: those begin with 0, 1 or 2, and go on below 40 under 0 and 1"
        case .oidNotPrefix: "an OID, and no prefix: it begins with 0, 1 or 2, and has numbers alone"
        case .handleNotOID: "a Handle, and no OID, because of the /"
        case .oidNotSystemName: "an OID, and no name of the Handle system: numbers alone, and no /"
        case .gtinNotShortCode: "a GTIN, by its check digit: no default prefix says that it is a code of your own"
        case .shortCodeNotGTIN: "the check digit would do for a GTIN, but there is a default prefix, which decides"
        case .shortCodeNotPrefix: "it could be a prefix of a range not known here, but there is a default prefix"
        case .ecodeAsGiven: "taken for Ecode because the asker says so: no syntax tells it apart"
        case .linkType(let type): "the link asked for is \(Self.text(type))"
        case .noKey: "none of its elements is a key by which GS1 resolves"
        case .lengthOfBID(let count): "a BID has 39 to 57 characters; this has \(count)"
        case .unknownMethod(let name): "nothing here resolves DIDs of the method \(Self.text(name))"
        default: faultDescription
        }
    }

    private var faultDescription: String {
        switch kind {
        case .empty: "nothing is left of it"
        case .tooLong(let count): "it has \(count) bytes; \(Recognition.byteCountMax) are looked at"
        case .noScheme: "no scheme fits: no /, no number with dots, no known form, and no default prefix is given"
        case .noIdentifier:
            "behind the default prefix it would be no identifier: too long, not UTF-8, or control characters"
        case .prefixNotNumber: "what stands before the / does not begin with a number"
        case .emptySegment: "between two dots of the prefix, or at its end, stands nothing"
        case .nothingInAddress: "a web address with no identifier in it"
        case .nothingInside: "no identifier stands behind this"
        case .nestedTooDeep: "one identifier in another, too often"
        case .unknownNamespace(let name): "nothing here resolves URNs of the namespace \(Self.text(name))"
        case .arcCount(let count): "an OID has 2 to 128 arcs; this has \(count)"
        case .arcNotNumber: "an arc of an OID is a number of at most 39 digits without zeros in front"
        case .firstArc: "the first arc of an OID is 0, 1 or 2"
        case .secondArc: "the second arc of an OID is below 40 under 0 and 1"
        case .braceNotClosed: "the brace is not closed"
        case .bracketMissing: "an application identifier in brackets is missing"
        case .unknownElement: "no application identifier of GS1 stands here"
        case .elementLength(let name): "the data of (\(Self.text(name))) are too short or too long"
        case .elementCharacter(let name): "(\(Self.text(name))) does not take this character"
        case .checkDigit(let digit): "the check digit is wrong: \(Self.text([digit])) would be right"
        case .unknownEPC: "no electronic product code that a GS1 identifier exists for"
        case .badEPC: "the fields of the electronic product code are too few, or have a wrong length"
        case .notOfGivenType(let type): "it is not the \(type.rawValue) that it is said to be"
        default: code
        }
    }

    /// Foreign bytes in a sentence: printable ASCII, at most 32.
    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(32).filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
    }
}
