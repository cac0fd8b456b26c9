/// A table while the document is read: what is in it, and by what it came to be, which decides who may add to it.
final class TOMLTableBuilder {
    enum Origin {
        /// A longer header went through it: its own header may still come.
        case implied
        /// Its own header, or one of a list's.
        case header
        /// A dotted key went through it: further dotted keys may, a header may not.
        case dotted
    }

    enum Member {
        case value(TOMLNode)
        case table(TOMLTableBuilder)
        case tables(TOMLTableList)
    }

    var members: [String: Member] = [:]
    var origin: Origin

    init(_ origin: Origin) {
        self.origin = origin
    }

    /// The table as it has become.
    var nodes: [String: TOMLNode] {
        members.mapValues { member in
            switch member {
            case .value(let node): node
            case .table(let table): .table(table.nodes)
            case .tables(let list): .array(list.tables.map { .table($0.nodes) })
            }
        }
    }
}
