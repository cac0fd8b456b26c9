import ResolutionProtocol

/// Random values of every type that stands in a message.
extension SeededRandom {
    mutating func envelope() -> Envelope {
        Envelope(
            version: ProtocolVersion(2, UInt8(below(12))),
            flags: Envelope.Flags(rawValue: UInt8(below(8)) << 5),
            suggestedVersion: ProtocolVersion(UInt8(below(4)), number()),
            sessionID: number(),
            requestID: number(),
            sequenceNumber: number(),
            messageLength: UInt32(below(Envelope.messageLengthMax + 1))
        )
    }

    mutating func header() -> Header {
        var header = Header(
            opCode: OpCode(rawValue: number()),
            responseCode: ResponseCode(rawValue: number()),
            flags: OpFlags(rawValue: number()),
            siteInfoSerial: number(),
            recursionCount: number(),
            expiration: number(),
            bodyLength: number()
        )
        header.reserved = number()
        return header
    }

    mutating func credential() -> Credential {
        var credential = Credential(
            sessionCounter: number(),
            type: someBytes(),
            digestAlgorithm: someBytes(),
            signature: someBytes(upTo: 40)
        )
        credential.version = number()
        credential.reserved = number()
        credential.options = number()
        credential.signer = someBytes()
        return credential
    }

    mutating func reference() -> ValueReference { ValueReference(identifier: someBytes(), index: number()) }

    mutating func handleValue() -> HandleValue {
        HandleValue(
            index: number(),
            timestamp: number(),
            ttlType: number(),
            ttl: number(),
            permissions: ValuePermissions(rawValue: number()),
            type: someBytes(),
            data: someBytes(upTo: 30),
            references: list { $0.reference() }
        )
    }

    mutating func siteInfo() -> SiteInfo {
        var site = SiteInfo(
            protocolVersion: ProtocolVersion(number(), number()),
            serialNumber: number(),
            isPrimary: bool(),
            isMultiPrimary: bool(),
            hashOption: SiteInfo.HashOption(rawValue: number()),
            hashFilter: someBytes(),
            attributes: list { SiteAttribute(name: $0.someBytes(), value: $0.someBytes()) },
            servers: list { $0.siteServer() }
        )
        site.dataFormatVersion = number()
        site.reservedFlags = number(UInt8.self) & 0x3F
        return site
    }

    mutating func siteServer() -> SiteServer {
        SiteServer(
            serverID: number(),
            address: bytes(16),
            publicKey: someBytes(upTo: 30),
            interfaces: list { $0.serverInterface() }
        )
    }

    mutating func serverInterface() -> ServerInterface {
        ServerInterface(
            kind: ServerInterface.Kind(rawValue: number()),
            transport: ServerInterface.TransportProtocol(rawValue: number()),
            port: number()
        )
    }

    /// A number of a key: octets without leading zeros, perhaps none.
    mutating func keyNumber() -> [UInt8] { Array(someBytes(upTo: 20).drop { $0 == 0 }) }

    mutating func publicKey() -> PublicKeyRecord {
        switch below(6) {
        case 0: .rsa(exponent: keyNumber(), modulus: keyNumber(), hasTrailer: bool())
        case 1: .dsa(q: keyNumber(), p: keyNumber(), g: keyNumber(), y: keyNumber())
        case 2: .diffieHellman(y: keyNumber(), p: keyNumber(), g: keyNumber())
        case 3: .sm2(subjectPublicKeyInfo: someBytes(upTo: 40))
        case 4: .sm9(identity: someBytes())
        default: .other(algorithm: Array("NEW_PUB_KEY".utf8), field: someBytes(upTo: 40))
        }
    }

    mutating func privateKey() -> PrivateKeyRecord {
        switch below(3) {
        case 0: .dsa(x: keyNumber(), p: keyNumber(), q: keyNumber(), g: keyNumber())
        case 1: .rsa(modulus: keyNumber(), privateExponent: keyNumber())
        default:
            .rsaCRT(
                RSAPrivateNumbers(
                    modulus: keyNumber(),
                    publicExponent: keyNumber(),
                    privateExponent: keyNumber(),
                    prime1: keyNumber(),
                    prime2: keyNumber(),
                    exponent1: keyNumber(),
                    exponent2: keyNumber(),
                    coefficient: keyNumber()
                )
            )
        }
    }

    mutating func passwordEncryption() -> PasswordEncryption {
        PasswordEncryption(
            salt: someBytes(upTo: 16),
            iterationCount: number(),
            keyBitCount: number(),
            iv: someBytes(upTo: 16),
            ciphertext: someBytes(upTo: 40)
        )
    }

    mutating func requestDigest() -> RequestDigest {
        let algorithm = [nil, DigestAlgorithm.md5, .sha1, .sha256][below(4)]
        return RequestDigest(algorithm: algorithm, bytes: algorithm.map { bytes($0.byteCount) } ?? someBytes(upTo: 20))
    }

    mutating func resolutionRequest() -> ResolutionRequest {
        ResolutionRequest(
            identifier: someBytes(upTo: 30),
            indexes: list(upTo: 5) { $0.number() },
            types: list { WireText($0.someBytes()) },
            identity: bool() ? someBytes() : nil
        )
    }
}
