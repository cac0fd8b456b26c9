/// The commands of a Handle.Net batch file. Import takes `CREATE`; the others are known to be refused with advice.
enum BatchCommand {
    case create, delete, changeValues, home, authenticate

    /// The command a line begins with, in letters of either case; `nil` where it begins with none.
    init?(line: UnsafeBufferPointer<UInt8>) {
        // Value lines begin with a digit, so that nearly all lines are told by one byte.
        guard let first = line.first, first >= 0x41 else { return nil }
        let name = UnsafeBufferPointer(rebasing: line[BatchText.word(of: line, from: 0)])
        if name.equalsFolded("create") {
            self = .create
        } else if name.equalsFolded("delete") {
            self = .delete
        } else if name.equalsFolded("add") || name.equalsFolded("modify") || name.equalsFolded("remove") {
            self = .changeValues
        } else if name.equalsFolded("home") || name.equalsFolded("unhome") {
            self = .home
        } else if name.equalsFolded("authenticate") || name.equalsFolded("sessionsetup") {
            self = .authenticate
        } else {
            return nil
        }
    }

    /// Why import does not take the command; `nil` for the one it takes.
    var refusal: RowErrorCode? {
        switch self {
        case .create: nil
        case .delete: .batchDelete
        case .changeValues: .batchChange
        case .home: .batchHome
        case .authenticate: .batchAuthenticate
        }
    }
}
