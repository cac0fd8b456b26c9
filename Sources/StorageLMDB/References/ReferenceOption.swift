/// Whether a store that is opened for writing keeps a table of references, by which identifiers are traced backwards.
public enum ReferenceOption: Hashable, Sendable {
    /// As it did before: for tools that know no configuration.
    case asStored
    /// It does not; one that is there is removed.
    case off
    /// It does, for these types of values beside those that always refer; where it did not, or for other types, the
    /// table is built, which takes a walk through all records.
    case on(types: [[UInt8]])
}
