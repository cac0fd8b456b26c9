import Testing

@testable import Cryptography

/// Signatures that standards give as examples.
@Suite struct PublishedSignatureTests {
    /// RFC 6979 §A.2.5: ECDSA on P-256 with SHA-256.
    @Test func theECDSASignatureOfTheStandard() throws {
        let point =
            "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
            + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
        let scalar = bytes("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")
        let r = bytes("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716")
        let s = bytes("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")
        let key = try PublicKey(point: [4] + bytes(point), on: .p256)
        #expect(try PrivateKey(scalar: scalar, on: .p256).publicKey.isSame(as: key))
        let signature = DERWriter.sequence([DERWriter.unsignedInteger(r), DERWriter.unsignedInteger(s)])
        #expect(try key.verifies(signature, of: Array("sample".utf8), digest: .sha256))
        #expect(try !key.verifies(signature, of: Array("sample".utf8), digest: .sha1))
        #expect(try !key.verifies(r + s, of: Array("sample".utf8), digest: .sha256))
    }

    /// RFC 8032 §7.1, tests 1 to 3.
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ])
    func theEd25519SignaturesOfTheStandard(
        _ seed: String,
        _ point: String,
        _ message: String,
        _ signature: String
    ) throws {
        let key = try PrivateKey(ed25519: bytes(seed))
        #expect(key.publicKey.isSame(as: try PublicKey(ed25519: bytes(point))))
        #expect(hex(try key.signature(of: bytes(message), digest: .sha256)) == signature)
        #expect(try key.publicKey.verifies(bytes(signature), of: bytes(message), digest: .md5))
    }
}
