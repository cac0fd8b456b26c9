/// Where a text stops being TOML, and why.
struct TOMLSyntaxError: Error, Equatable {
    /// Offset in bytes.
    let offset: Int
    let text: Wording
}
