internal import COpenSSL

/// The library's names of the factors and what belongs to them, which it puts together in a way that Swift does not
/// read.
enum RSAPartName {
    static let p = OSSL_PKEY_PARAM_RSA_FACTOR + "1"
    static let q = OSSL_PKEY_PARAM_RSA_FACTOR + "2"
    static let exponentModP = OSSL_PKEY_PARAM_RSA_EXPONENT + "1"
    static let exponentModQ = OSSL_PKEY_PARAM_RSA_EXPONENT + "2"
    static let inverseOfQ = OSSL_PKEY_PARAM_RSA_COEFFICIENT + "1"
}
