/// A table of the configuration: `init()` is its defaults, `keys` all that may stand in it, in the order in which it is
/// written.
protocol SettingSection: Sendable, Equatable {
    init()
    static var keys: [SettingKey<Self>] { get }
}
