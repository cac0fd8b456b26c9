/// Keys as another program wrote them (OpenSSL's command line, 3.0). All encrypted ones are `ecPrivate` under `secret`.
enum KeyFixtures {
    /// SEC 1, which names its curve.
    static let ecPrivate = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIK8uYtT278LwqhYYQfwwaOe4wDvh8qddpiv+Dx1G6EC3oAoGCCqGSM49
        AwEHoUQDQgAE8So4jTe79twHXP//oU0VlEdgaIpfj160xJxwSFaRwTv+6XX6od7P
        cMDDiaDmZOLVyZ06H61QiBuLycehHyKwVg==
        -----END EC PRIVATE KEY-----
        """

    /// The same form of another key, with the curve in a block of its own before it.
    static let ecParametersAndPrivate = """
        -----BEGIN EC PARAMETERS-----
        BggqhkjOPQMBBw==
        -----END EC PARAMETERS-----
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIAXSY9SM75p/aR6I0ZKiyXn/MbjcmlTPILUV7broOtApoAoGCCqGSM49
        AwEHoUQDQgAEV9R3EIifiZJWTf3ZRAFHj6SF4ekb7j7lwVEd2usQzI76vVX+neLs
        KnTLi3Yp44tk1l7uwZ2FkMrOPFzxh1VQmg==
        -----END EC PRIVATE KEY-----
        """

    /// PBES2: PBKDF2-HMAC-SHA256, AES-256-CBC.
    static let ecEncryptedPBES2 = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAitmEOsEbhhpQICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEFW59KL4/o6bPC060pyKDH4EgZDz
        YzqZHP/gKmBmzDMpYAYLIW5KdXGjeRCGjrez6KRVeOqkatoR3FRm2IH/dsH3yRnF
        AhZJehWBZmHlu2YVeyLVo70aX4SChocUPmZT6jn4PAVVXlZFcI81hE11S7teEgxz
        MWC0M3kohvcpwuFd6hJ1kcZWFXKNCnoUN8GiS6d9QEsdCJCDSZeo5ZbT8rhpNHA=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// PBES2: PBKDF2-HMAC-SHA1, triple DES.
    static let ecEncryptedTripleDES = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHVMEAGCSqGSIb3DQEFDTAzMBsGCSqGSIb3DQEFDDAOBAj6Gt93H44yaQICCAAw
        FAYIKoZIhvcNAwcECEH8p18/LDEUBIGQs+feuwoMuMHyTCDLsbuLgg15n4GYROYp
        IhBHcvOxmCXqehFg//qUH4XhkHlRq8LE6SfGP2gelkJX4uw4RfPF2gUoX2Oik2Tg
        Cw9dQ0RLxr45PCpi23fMlPXvoTMkQUDDhJlba/zWZ56iayqlyytTszzHF7hkVDoq
        FZuw5ro5gmpLh4LncKo7+eTseENBfi2B
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// PBES1: MD5 and DES, which wants the legacy module.
    static let ecEncryptedDES = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIGwMBsGCSqGSIb3DQEFAzAOBAiZDrwmIjXGvgICCAAEgZBKarUGOMWfOGhJv+GF
        y6YF45A7k9dcrdPR8N3PYE10oO7WDNx9+fCT1562wCa7g7ZBQn3Z9E6L6nAZFs+S
        rf5069sNq+sCbvlzF5rywUki3XHEqiErksoRHeP+B3C1K+AxvPR5erQha4uWBS3g
        K4FnWvdZFnPKMnuEvWh+SxX71dB+uEosAuBmZKMa6aAe7gQ=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// PKCS#12: SHA-1 and triple DES.
    static let ecEncryptedPKCS12 = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIGxMBwGCiqGSIb3DQEMAQMwDgQI3OrfVqFoqx4CAggABIGQcItD8vHzHKm38fsy
        skdbt7AMvloxeJSeSpsGYuHjmicrQdHJJUeYIiw4YUNdt/cAFCOiEG5ytnCUW07L
        FrzXkigVcwzlULqJq/a2t2er+TVHhrGPIj89zag/Tjt6/dZ5rmeqGTMuRGkX6WTV
        JZuCewT+Wiwx7JnhcNRxJkJwMu7YwbdwPfzMZAG1Xovy1Whv
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// PBES2 with scrypt.
    static let ecEncryptedScrypt = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHkME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAhKefOrwAyRPQICQAAC
        AQgCAQEwHQYJYIZIAWUDBAEqBBC9MH+VYGShTpUP4ZkJdomJBIGQLyb5kBtafhqo
        qBVJkrNMgsgR/Y15QCUgtKbsO7FwXxI8st/vX9YjtuDom01BEOeuTG8FrLcDr0FS
        8ePh9u0QOAtzUOu3RLnJC6ksB3jmS7TzBecagt8lJV8kUI0KktX3I+PxZ8wcGGnw
        9/8K5aJU9bf/X05LWkuO+2/sYsqbCrQO0eP9B2kfBAhuoAqBjkO8
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// What PKCS#8 replaced.
    static let ecEncryptedTraditional = """
        -----BEGIN EC PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,68D35364BDA7585E4544EA881018E302

        rAjnxWXTzKLyGIVc3oUPkblHYTo/P0opEvnfsxFmBFRCesldiRaHG68VASvHg+Nd
        EGRwlZpkDZSyiClw8iqAkrJPpNWh+VjGJdFVqpJ2BXlX/8HfHTjzYnGAlnqTLr4g
        cf65zEjyfaARtTmY6pchGFcSiyWS6Tiqg3fi3X20YrI=
        -----END EC PRIVATE KEY-----
        """

    /// The public key of `ecPrivate`.
    static let ecPublic = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8So4jTe79twHXP//oU0VlEdgaIpf
        j160xJxwSFaRwTv+6XX6od7PcMDDiaDmZOLVyZ06H61QiBuLycehHyKwVg==
        -----END PUBLIC KEY-----
        """

    /// The same, its point compressed.
    static let ecPublicCompressed = """
        -----BEGIN PUBLIC KEY-----
        MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgAC8So4jTe79twHXP//oU0VlEdgaIpf
        j160xJxwSFaRwTs=
        -----END PUBLIC KEY-----
        """

    /// The same, its curve written out.
    static let ecPublicExplicit = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABPEqOI03u/bcB1z//6FNFZRH
        YGiKX49etMSccEhWkcE7/ul1+qHez3DAw4mg5mTi1cmdOh+tUIgbi8nHoR8isFY=
        -----END PUBLIC KEY-----
        """

    /// PKCS#1.
    static let rsaPrivate = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXQIBAAKBgQCxM1WtiNKzy/4XETvCIQx4gUqdGkyz2VkMUbnkXQt8M82VOg9Z
        Ucj7NC/reBBpGnDJVuemem6a5YgSatd1JWUQtSDpmT12iH6x2YRhBEN1yxiKExAw
        SrCIig1+7SrHdKLPrIN3BkeRLieGUqXgQRhdwzo//JIBD77/2+I3XhaG5QIDAQAB
        AoGAfzAZjzVmByekeWolOnH+QYCLzbfS1kRrZixDAWbHl56XMUU7PyE04RnUS28i
        WE5iJiH6o8O9H/Egehe2Dp+IqgLsqniUjxltduyY3H8va30aM2MAVAJCJEti/X/f
        B7Thumn5b59PP8+ojZwZ44kkth2EL/JBzLgGFjiFk9JuSAECQQDjisGtkKlS5Ekp
        9lwn7XLY/3Ckt4vJN2Y5hVSMQI4viaeHrrJgWe0/NOJw7Tv8QGGjpPMc5xdx2Otu
        8Q2m+Lc9AkEAx1zJrVWvWoqlfw4kxfrfhnFNsPAzpIfmroh3Kbp3KKkYaB534zwv
        yBEhl6q2MJjyW9632oVNQ5Y94XiVjrPIyQJBAN9oK0UYlcc3MMashksFjg+Uraps
        NCk55XpweFTERVZTV1OWqLiFUrUOXY32v0CqjbM4jyI/mvtCudXRg0//PxkCQQCY
        x9MGsxOfH4GUzRIBZzDFpy8S2gG5pSxztMEdiXioAG5j3HWj/wvfFsHXqUvWEmAp
        Z5UeMen0Ub86e16h7cWBAkAlZCHqYHnEcFF+c8MNAMJc1fY21//KlYOjBUpym6N7
        XKtSCROkyX+1PIkJ9QKB46U203SQrEmidbVMImQcAMBc
        -----END RSA PRIVATE KEY-----
        """

    /// PKCS#1, the public key of `rsaPrivate`.
    static let rsaPublic = """
        -----BEGIN RSA PUBLIC KEY-----
        MIGJAoGBALEzVa2I0rPL/hcRO8IhDHiBSp0aTLPZWQxRueRdC3wzzZU6D1lRyPs0
        L+t4EGkacMlW56Z6bprliBJq13UlZRC1IOmZPXaIfrHZhGEEQ3XLGIoTEDBKsIiK
        DX7tKsd0os+sg3cGR5EuJ4ZSpeBBGF3DOj/8kgEPvv/b4jdeFoblAgMBAAE=
        -----END RSA PUBLIC KEY-----
        """

    /// A signature algorithm that is not ours.
    static let ed448Private = """
        -----BEGIN PRIVATE KEY-----
        MEcCAQAwBQYDK2VxBDsEOQvKoEGUAZ0qTIjnCDQ/WDisigPy2PNs1tuezNAfXSp/
        Kh/u8qp1MUqChzO8OiG+CHyBGocLBl77Zw==
        -----END PRIVATE KEY-----
        """

    /// No signature algorithm at all.
    static let x25519Private = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VuBCIEIDjQSNHL4Oep/MAu+KxuJRGpSOgOUhOZdXCcwCeP3RFz
        -----END PRIVATE KEY-----
        """

    /// On a curve that is not ours (secp256k1).
    static let otherCurvePublic = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEtQhmaaKVlhfhXbsU7Z6zAvUbUnc/Yv1E
        OlCKRONnghopQX8DbwPidxU7oT1A82F5rwno4ge7ZI93GAT6z9NQcQ==
        -----END PUBLIC KEY-----
        """
}
