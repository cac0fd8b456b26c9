internal import StorageLMDB

/// Opens a node's data directory, and says what is wrong with it where that cannot be.
enum StoreOpening {
    /// The store in `directory`, for this process alone unless only read.
    static func open(_ directory: String, isReadOnly: Bool = false) throws(CommandFailure) -> Store {
        var options = StoreOptions()
        options.isReadOnly = isReadOnly
        do throws(StoreError) {
            return try Store.open(directory: directory, options: options)
        } catch {
            throw CommandFailure(.store(error))
        }
    }
}
