import Cryptography
import Testing
import VectorFiles

/// Messages that other software enciphered (session.json).
@Suite struct CipherVectorTests {
    static let encryptedMessages = vectors("encrypted-message", in: "session.json")

    @Test func thereAreMessagesOfEachCipher() throws {
        let algorithms = Set(try Self.encryptedMessages.map { try $0.text("algorithm") + " " + $0.text("mode") })
        #expect(algorithms.count >= 4, "\(algorithms)")
    }

    @Test(arguments: encryptedMessages)
    func messagesOpenAndCloseAgain(_ vector: Vector) throws {
        let isECB = try vector.text("mode").hasPrefix("ECB")
        let cipher: Cipher
        switch try vector.text("algorithm") {
        case "AES": cipher = isECB ? .aes128ECB : .aes128CBC
        case "DES": cipher = isECB ? .desECB : .desCBC
        default: cipher = isECB ? .tripleDESECB : .tripleDESCBC
        }
        let key = Array(bytes(try vector.text("sessionKeyHex")).prefix(cipher.keyByteCount))
        let message = bytes(try vector.text("hex"))
        let iv = Array(message.prefix(cipher.ivByteCount))
        let plaintext = bytes(try vector.text("plainHex"))
        #expect(try cipher.decrypt(Array(message.dropFirst(iv.count)), key: key, iv: iv) == plaintext)
        #expect(try iv + cipher.encrypt(plaintext, key: key, iv: iv) == message)
    }
}
