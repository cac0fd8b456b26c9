internal import ResolutionProtocol

/// What this program is.
enum Version {
    /// Of the whole product.
    static let number = "0.1.0"

    /// What `--version` prints.
    static var text: String { "idctl \(number) (protocol \(ProtocolVersion.newest))" }
}
