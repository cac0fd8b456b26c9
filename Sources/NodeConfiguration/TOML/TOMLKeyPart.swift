/// One part of a dotted key.
struct TOMLKeyPart: Equatable {
    let name: String
    /// Where it begins, in bytes.
    let offset: Int
}
