import Cryptography
import Testing

@Suite struct CipherTests {
    /// NIST SP 800-38A §F.1.1, §F.2.1 and §F.2.5, FIPS 81 appendix B and C (DES), the first block each; the padding
    /// follows.
    @Test(arguments: [
        (
            Cipher.aes128ECB, "2b7e151628aed2a6abf7158809cf4f3c", "", "6bc1bee22e409f96e93d7e117393172a",
            "3ad77bb40d7a3660a89ecaf32466ef97"
        ),
        (
            .aes128CBC, "2b7e151628aed2a6abf7158809cf4f3c", "000102030405060708090a0b0c0d0e0f",
            "6bc1bee22e409f96e93d7e117393172a", "7649abac8119b246cee98e9b12e9197d"
        ),
        (
            .aes256CBC, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "000102030405060708090a0b0c0d0e0f", "6bc1bee22e409f96e93d7e117393172a", "f58c4c04d6e5f1ba779eabfb5f7bfbd6"
        ),
        (.desECB, "0123456789abcdef", "", "4e6f772069732074", "3fa40e8a984d4815"),
        (
            .desCBC, "0123456789abcdef", "1234567890abcdef", "4e6f77206973207468652074696d6520666f7220616c6c20",
            "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"
        ),
        (
            // A triple DES key of three equal parts is DES.
            .tripleDESECB, "0123456789abcdef0123456789abcdef0123456789abcdef", "", "4e6f772069732074",
            "3fa40e8a984d4815"
        ),
    ])
    func publishedBlocks(
        _ cipher: Cipher,
        _ key: String,
        _ iv: String,
        _ plaintext: String,
        _ ciphertext: String
    ) throws {
        let found = try cipher.encrypt(bytes(plaintext), key: bytes(key), iv: bytes(iv))
        #expect(hex(found).hasPrefix(ciphertext))
        #expect(found.count == bytes(plaintext).count + cipher.blockByteCount)
        #expect(try cipher.decrypt(found, key: bytes(key), iv: bytes(iv)) == bytes(plaintext))
    }

    /// GB/T 32907-2016 §A.1: one block. CBC from a vector of zeros begins with the bare block.
    @Test func theSM4BlockOfTheStandard() throws {
        let block = bytes("0123456789abcdeffedcba9876543210")
        let found = try Cipher.sm4CBC.encrypt(block, key: block, iv: [UInt8](repeating: 0, count: 16))
        #expect(hex(Array(found.prefix(16))) == "681edf34d206965e86b3e94f536e4246")
    }

    /// GB/T 32907-2016 §A.2: the same block a million times over, which is CBC over zeros.
    @Test func theMillionSM4RoundsOfTheStandard() throws {
        let block = bytes("0123456789abcdeffedcba9876543210")
        let plaintext = block + [UInt8](repeating: 0, count: 16 * 999_999)
        let found = try Cipher.sm4CBC.encrypt(plaintext, key: block, iv: [UInt8](repeating: 0, count: 16))
        #expect(hex(Array(found.dropLast(16).suffix(16))) == "595298c7c6fd271f0402f804c33d3f66")
    }

    /// security.md §7.3 and §7.5.
    @Test func theMessagesOfTheReference() throws {
        let key = (0x10...0x1F).map { UInt8($0) }
        let hello = Array("hello".utf8)
        let iv = bytes("ab58439d763ab2cc4845932aa6fec628")
        #expect(hex(try Cipher.aes128CBC.encrypt(hello, key: key, iv: iv)) == "abe664a002ef5cd38745862ceabba455")
        #expect(hex(try Cipher.sm4CBC.encrypt(hello, key: key, iv: key)) == "039273904b40eabdceeb152dbf4f486e")
        #expect(try Cipher.sm4CBC.decrypt(bytes("039273904b40eabdceeb152dbf4f486e"), key: key, iv: key) == hello)
    }

    @Test(arguments: Cipher.allCases)
    func everyLengthComesBack(_ cipher: Cipher) throws {
        let (key, iv) = Self.keyAndVector(of: cipher)
        for count in 0...33 {
            let plaintext = (0..<count).map { UInt8($0) }
            let ciphertext = try cipher.encrypt(plaintext, key: key, iv: iv)
            #expect(ciphertext.count == (count / cipher.blockByteCount + 1) * cipher.blockByteCount)
            #expect(try cipher.decrypt(ciphertext, key: key, iv: iv) == plaintext)
        }
    }

    @Test(arguments: Cipher.allCases)
    func keysAndVectorsOfAnotherLengthAreRefused(_ cipher: Cipher) {
        let (key, iv) = Self.keyAndVector(of: cipher)
        for (key, iv) in [(key + [0], iv), (Array(key.dropLast()), iv), ([], iv), (key, iv + [0])] {
            #expect(throws: OpenSSLError.self) { try cipher.encrypt([1], key: key, iv: iv) }
            #expect(throws: OpenSSLError.self) { try cipher.decrypt([1], key: key, iv: iv) }
        }
    }

    @Test(arguments: Cipher.allCases)
    func ciphertextOfNoWholeBlocksIsRefused(_ cipher: Cipher) throws {
        let (key, iv) = Self.keyAndVector(of: cipher)
        let ciphertext = try cipher.encrypt([1, 2, 3], key: key, iv: iv)
        for count in 0..<ciphertext.count {
            #expect(throws: OpenSSLError.self) {
                try cipher.decrypt(Array(ciphertext.prefix(count)), key: key, iv: iv)
            }
        }
    }

    private static func keyAndVector(of cipher: Cipher) -> (key: [UInt8], iv: [UInt8]) {
        ((0..<cipher.keyByteCount).map { UInt8($0) }, (0..<cipher.ivByteCount).map { UInt8(0x80 + $0) })
    }
}
