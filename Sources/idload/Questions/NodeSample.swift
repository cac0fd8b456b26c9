internal import Console
internal import EventLoop
internal import NodeConfiguration
internal import StorageLMDB

/// Identifiers of a node of this machine, read in its data directory beside it. Nobody may ask a node over the network
/// what it has.
enum NodeSample {
    /// The first so many in the store's order.
    static let countMax = 10_000

    /// Where packages put a node's configuration.
    static let usualConfiguration = "/etc/hanjiang/node.toml"

    /// Adds identifiers whose values everybody may read.
    static func add(from directory: String, to questions: QuestionSet) throws(LoadError) {
        do throws(StoreError) {
            let store = try open(directory)
            defer { store.close() }
            var count = 0
            try store.scan { record in
                if record.areAllPublic {
                    questions.add(record.name.withUnsafeBytes { [UInt8]($0) })
                    count += 1
                }
                return count < countMax && !Interruption.isRequested
            }
        } catch {
            throw LoadError(.store(error))
        }
    }

    /// The data directory that a configuration names.
    static func directory(ofConfiguration path: String) throws(LoadError) -> String {
        do throws(ConfigurationError) {
            return try NodeConfiguration.load(path: path).node.data
        } catch {
            throw LoadError(error.problems.first.map { UserMessage($0) } ?? .noIdentifiers)
        }
    }

    /// The data directory of the node that packages set up, where the targets are on this machine and there is one.
    static func usualDirectory(for targets: [LoadTarget], configuration: String = usualConfiguration) -> String? {
        guard targets.allSatisfy({ $0.address.isLoopback }) else { return nil }
        return try? directory(ofConfiguration: configuration)
    }

    private static func open(_ directory: String) throws(StoreError) -> Store {
        var options = StoreOptions()
        options.isBesideOthers = true
        // The node's may have grown beyond its first size; address space costs nothing.
        options.mapSizeBytes = 1 << 40
        let store = try Store.open(directory: directory, options: options)
        // A damaged disk under the map would else end the program without a word.
        if let range = store.mapRange {
            DamageReporter.install(mapAddress: range.address, mapSize: range.byteCount)
        }
        return store
    }
}
