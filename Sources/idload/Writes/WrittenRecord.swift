/// What a writer knows of one of its records, in a byte.
struct WrittenRecord: Equatable, Sendable {
    enum State: UInt8, Sendable {
        /// Its creation is under way, or was not answered.
        case unanswered
        /// It is there, with this version.
        case acknowledged
        /// A change to this version is under way, or was not answered.
        case changing
        /// Its creation was refused: there is none of ours.
        case refused
    }

    var state: State
    /// 0...15, after which it begins again.
    var version: UInt8

    init(_ state: State, version: UInt8 = 0) {
        self.state = state
        self.version = version & 0xF
    }

    /// From what `byte` says.
    init(byte: UInt8) {
        self.init(State(rawValue: byte >> 4) ?? .unanswered, version: byte)
    }

    var byte: UInt8 { state.rawValue << 4 | version }

    /// The version before.
    var earlier: UInt8 { (version &- 1) & 0xF }
}
