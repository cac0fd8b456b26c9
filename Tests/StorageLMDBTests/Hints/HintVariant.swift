import Glibc

@testable import StorageLMDB

/// How the tests of the store run: without an index of hints, with one, and with one that hardly helps.
enum HintVariant: String, CaseIterable {
    case off
    case on
    /// Eight buckets: nearly all keys are absent.
    case small
    /// One hash for all keys: all collide.
    case colliding
    /// A new table takes the place of the one in use all the time.
    case growing

    /// By `HANJIANG_INDEX`; without it on.
    static let ofAllTests = getenv("HANJIANG_INDEX").flatMap { HintVariant(rawValue: String(cString: $0)) } ?? .on

    var options: HintIndexOptions? {
        var options = HintIndexOptions()
        options.capacity = 10_000
        switch self {
        case .off: return nil
        case .on: break
        case .small: options.capacity = 19
        case .colliding: options.keyMask = 0
        case .growing:
            options.growsAlways = true
            options.sliceCountMax = 100
        }
        return options
    }
}
