import Authentication
import Cryptography
import ResolutionProtocol
import VectorFiles

/// Signed messages, and messages with the code of a session.
struct CredentialCategory: VectorCategory {
    let name = "credential"
    let kinds: Set<String> = ["signed-rsa", "mac"]

    func differences(in vector: Vector) throws -> [String] {
        let members = JSONValue.object(vector.members)
        let message = try CoveredMessage(wire: try members.octets("hex"))
        let counter: UInt32 = try members.number("sessionCounter")
        var differences = try messageDifferences(in: vector) { _ in .bytes([]) }
        if message.credential?.sessionCounter != counter { differences.append("the counter is another") }
        differences +=
            vector.kind == "mac"
            ? try codeDifferences(message, counter, members) : try signatureDifferences(message, counter, members)
        return differences
    }

    private func signatureDifferences(
        _ message: CoveredMessage,
        _ counter: UInt32,
        _ members: JSONValue
    ) throws -> [String] {
        let key = try PrivateKey(fields: try members.object("privateKey"))
        let registered = try PublicKey.registered(try members.octets("publicKeyHex"))
        var differences: [String] = []
        if try MessageSignature.content(of: message, counter: counter) != members.octets("signedContentHex") {
            differences.append("what is signed is another")
        }
        if try !MessageSignature.isValid(of: message, key: registered, policy: .legacy) {
            differences.append("the signature is wrong")
        }
        if try MessageSignature.credential(for: message, key: key, counter: counter) != message.credential {
            differences.append("our signature is another")
        }
        return differences
    }

    private func codeDifferences(
        _ message: CoveredMessage,
        _ counter: UInt32,
        _ members: JSONValue
    ) throws -> [String] {
        let bytes = try members.octets("sessionKeyHex")
        guard let key = SessionKey(cipher: bytes.count < 16 ? .des : .aes, bytes: bytes) else {
            throw FieldError("sessionKeyHex is no key")
        }
        var differences: [String] = []
        if try !Self.covered(try members.octets("macContentHex"), bytes, message) {
            differences.append("what the code covers is another")
        }
        if try !key.isValid(of: message, policy: .legacy) { differences.append("the code is wrong") }
        if try key.credential(for: message, counter: counter) != message.credential {
            differences.append("our code is another")
        }
        return differences
    }

    /// Whether `content` under the key gives the message's code, by the rule of its version.
    private static func covered(_ content: [UInt8], _ key: [UInt8], _ message: CoveredMessage) throws -> Bool {
        guard message.envelope.version >= ProtocolVersion(2, 7) else {
            return content == key + message.headerAndBody + key || content == message.headerAndBody
        }
        let code = try MessageAuthentication.hmac(.sha256, key: key, message: content)
        return code == message.credential?.signature
    }
}
