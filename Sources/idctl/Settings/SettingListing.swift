internal import Console
internal import NodeConfiguration

/// Every setting with its value and where it came from, as `idctl config show` prints them.
struct SettingListing {
    /// A setting's name, value and origin; no value: nobody gave one and there is none built in.
    struct Row {
        let name: String
        let given: GivenSetting?
    }

    let rows: [Row]

    /// Those that count under `settings`; `language` is the one that is spoken and `option` that of `--lang`.
    init(_ settings: Settings, language: Language, option: Language?) {
        var rows = [Row(name: "profile", given: settings.chosenProfile)]
        for setting in ProfileSetting.allCases {
            var given = settings.environment[setting] ?? settings.profile[setting]
            if setting == .lang {
                let flag = option.map { GivenSetting($0.rawValue, .flag) }
                given = flag ?? given ?? GivenSetting(language.rawValue, .builtIn)
            }
            if setting == .server, given == nil, settings.server([:]).isEmpty {
                given = GivenSetting("127.0.0.1:\(ServerChoice.portDefault)", .builtIn)
            }
            rows.append(Row(name: setting.rawValue, given: given))
        }
        self.rows = rows
    }

    /// The rows as a table.
    func lines(_ session: Session, withOrigin: Bool) -> [String] {
        var table = Table([Table.Column(""), Table.Column(""), Table.Column("")])
        for row in rows {
            let origin = row.given.map { Self.text($0.origin, ofLanguage: row.name == "lang", session) } ?? ""
            table.add([row.name, row.given?.text ?? "-"] + (withOrigin ? [origin] : []))
        }
        return table.lines()
    }

    private static func text(_ origin: GivenSetting.Origin, ofLanguage: Bool, _ session: Session) -> String {
        switch origin {
        case .flag: session.words("flag", "命令行选项")
        case .environment(let name): session.words("environment \(name)", "环境变量 \(name)")
        case .profile(let name, let place): session.words("profile \(name) in \(place)", "配置档 \(name)，\(place)")
        case .builtIn where ofLanguage: session.words("locale", "区域设置")
        case .builtIn: session.words("built in", "内置")
        }
    }

    /// The rows as one JSON document.
    func json(withOrigin: Bool) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("settings")
            json.array { json in
                for row in rows { Self.write(row, withOrigin: withOrigin, to: &json) }
            }
        }
        json.endLine()
        return json.take()
    }

    private static func write(_ row: Row, withOrigin: Bool, to json: inout JSONText) {
        json.object { json in
            json.key("name")
            json.string(row.name)
            json.key("value")
            guard let given = row.given else { return json.null() }
            json.string(given.text)
            guard withOrigin else { return }
            json.key("origin")
            json.object { json in write(given.origin, to: &json) }
        }
    }

    private static func write(_ origin: GivenSetting.Origin, to json: inout JSONText) {
        json.key("kind")
        switch origin {
        case .flag: json.string("flag")
        case .builtIn: json.string("built-in")
        case .environment(let name):
            json.string("environment")
            json.key("variable")
            json.string(name)
        case .profile(let name, let place):
            json.string("profile")
            json.key("profile")
            json.string(name)
            json.key("file")
            json.string(place.file)
            json.key("line")
            json.number(place.line ?? 0)
        }
    }
}
