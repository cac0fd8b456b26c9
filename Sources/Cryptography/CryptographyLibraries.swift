internal import COpenSSL

/// The library that this module stands on, as it is loaded in this process.
package enum CryptographyLibraries {
    /// OpenSSL's version, such as `3.0.17`.
    package static var openSSL: String { OpenSSL_version(OPENSSL_VERSION_STRING).map { String(cString: $0) } ?? "?" }
}
