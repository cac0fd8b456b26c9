internal import StorageLMDB

/// Opens a node's data directory, and says what is wrong with it where that cannot be.
enum StoreOpening {
    /// The store in `directory`, for this process alone unless only read.
    static func open(_ directory: String, isReadOnly: Bool = false) throws(CommandFailure) -> Store {
        var options = StoreOptions()
        options.isReadOnly = isReadOnly
        return try open(directory, options)
    }

    /// The store in `directory` to be read, while a node may be at work in it.
    static func openBesideOthers(_ directory: String) throws(CommandFailure) -> Store {
        var options = StoreOptions()
        options.isBesideOthers = true
        // The node's may have grown beyond its first size; address space costs nothing.
        options.mapSizeBytes = 1 << 40
        return try open(directory, options)
    }

    private static func open(_ directory: String, _ options: StoreOptions) throws(CommandFailure) -> Store {
        do throws(StoreError) {
            let store = try Store.open(directory: directory, options: options)
            // A damaged disk under the map would else end the program without a word.
            if let range = store.mapRange {
                DamageReporter.install(mapAddress: range.address, mapSize: range.byteCount)
            }
            return store
        } catch {
            throw CommandFailure(.store(error))
        }
    }
}
