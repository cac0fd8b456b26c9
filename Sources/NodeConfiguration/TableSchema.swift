/// One table of the configuration, its type set aside: how it is read, and what is written of it.
struct TableSchema: Sendable {
    /// A key with its value, as it is written.
    struct Entry {
        let name: String
        let literal: String
        let comment: Wording
        let isRequired: Bool
    }

    let name: String
    /// Whether it is an array of tables, `[[name]]`.
    let isArray: Bool
    let comment: Wording
    let keyNames: [String]
    let read: @Sendable (inout ConfigurationReader, TOMLNode, inout NodeConfiguration) -> Void
    /// The entries of each table of this name.
    let tables: @Sendable (NodeConfiguration) -> [[Entry]]

    static func single<Section: SettingSection>(
        _ name: String,
        _ path: any WritableKeyPath<NodeConfiguration, Section> & Sendable,
        _ english: String,
        _ chinese: String
    ) -> TableSchema {
        TableSchema(
            name: name,
            isArray: false,
            comment: Wording(english, chinese),
            keyNames: Section.keys.map(\.name),
            read: { reader, node, configuration in
                let place = ConfigurationPath([.key(name)])
                configuration[keyPath: path] = reader.section(Section.self, from: node, at: place)
            },
            tables: { [entries(of: $0[keyPath: path])] }
        )
    }

    static func array<Section: SettingSection>(
        _ name: String,
        _ path: any WritableKeyPath<NodeConfiguration, [Section]> & Sendable,
        _ english: String,
        _ chinese: String
    ) -> TableSchema {
        TableSchema(
            name: name,
            isArray: true,
            comment: Wording(english, chinese),
            keyNames: Section.keys.map(\.name),
            read: { reader, node, configuration in
                let place = ConfigurationPath([.key(name)])
                configuration[keyPath: path] = reader.sections(Section.self, from: node, at: place)
            },
            tables: { $0[keyPath: path].map(entries) }
        )
    }

    private static func entries<Section: SettingSection>(of section: Section) -> [Entry] {
        Section.keys.map {
            Entry(name: $0.name, literal: $0.literal(section), comment: $0.comment, isRequired: $0.isRequired)
        }
    }

    /// `[name]` or `[[name]]`.
    var header: String { isArray ? "[[\(name)]]" : "[\(name)]" }
}
