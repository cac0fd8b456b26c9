internal import Authentication
internal import Console
internal import Cryptography
internal import ResolutionProtocol

/// A public key as it is shown: what is to be registered, in the forms that other tools take.
struct KeyReport {
    private let key: PublicKey
    private let form: [UInt8]

    init(_ key: PublicKey) throws(CommandFailure) {
        self.key = key
        do throws(OpenSSLError) { form = try key.registeredForm() } catch { throw CommandFailure(.keyLibrary(error)) }
    }

    /// Name of the kind.
    private var kindName: String {
        switch key.kind {
        case .rsa: "RSA"
        case .dsa: "DSA"
        case .ec: "EC"
        case .ed25519: "Ed25519"
        case .sm2: "SM2"
        }
    }

    /// For a person.
    func lines(_ session: Session) -> [String] {
        var table = Table([Table.Column(""), Table.Column("")])
        table.add([session.words("kind", "类型"), "\(kindName), \(key.bitCount) bit"])
        table.add(["HS_PUBKEY, hex", Self.hex(form)])
        table.add(["HS_PUBKEY, base64", Base64Text.standard(form)])
        return table.lines()
    }

    /// One line; `value` has the form of a value in JSON Lines, as `idctl id` and `idctl import` take it.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("kind")
            json.string(kindName)
            json.key("bits")
            json.number(key.bitCount)
            json.key("hex")
            json.string(Self.hex(form))
            json.key("value")
            json.tree(HandleValue(index: 300, type: ValueType.publicKey, data: form).json())
        }
        json.endLine()
        return json.take()
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        String(decoding: HexadecimalText.lowercased(bytes), as: UTF8.self)
    }
}
