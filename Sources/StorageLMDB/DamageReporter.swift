internal import CLMDB
internal import Synchronization

/// Says that the data file is damaged when reading its map faults, where the process would end without a word.
public enum DamageReporter {
    private static let isInstalled = Atomic<Bool>(false)

    /// Watches the map at `mapAddress`: a fault in it prints a message in both languages and ends the process with
    /// code 1; any other fault is as it was. Called once, by the program, before its threads start.
    public static func install(mapAddress: UInt, mapSize: Int) {
        isInstalled.store(true, ordering: .relaxed)
        _ = hj_map_install(mapAddress, UInt(mapSize))
    }

    /// The map has moved.
    static func follow(begin: UInt, byteCount: Int) {
        guard isInstalled.load(ordering: .relaxed) else { return }
        _ = hj_map_install(begin, UInt(byteCount))
    }
}
