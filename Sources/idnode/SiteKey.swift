internal import Console
internal import Cryptography

/// The node's own key: it signs answers and is stated in the site record. Made at the first start, kept in the data
/// directory, readable by the node alone.
enum SiteKey {
    private static let fileName = "site.key"

    /// The key of the node whose data are in `directory`.
    static func open(directory: String) throws(Failure) -> PrivateKey {
        try KeyFile.open(KeyFile.path(fileName, in: directory), making: .rsa)
    }
}
