/// Why a vector's fields could not be taken as what they should be.
struct FieldError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
