internal import StorageLMDB

/// Opens a node's data directory, and says what is wrong with it where that cannot be.
enum StoreOpening {
    /// The store in `directory`, for this process alone unless only read.
    static func open(_ directory: String, isReadOnly: Bool = false) throws(CommandFailure) -> Store {
        var options = StoreOptions()
        options.isReadOnly = isReadOnly
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
