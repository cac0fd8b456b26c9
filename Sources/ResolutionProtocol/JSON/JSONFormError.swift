/// Why JSON is not the form of a value, a site or a record (data-model.md §9): the member where it is not.
package enum JSONFormError: Error, Equatable, Sendable {
    /// A member that must be there is not.
    case missing(String)
    /// A member is of another kind than it should be: a text for a number, a list for an object.
    case wrongKind(String)
    /// A member is of the right kind and says what cannot be.
    case invalid(String)
}
