/// Changes of the text of a file, which leave every other line of it as its owner wrote it.
///
/// What comes of a change is read again and compared with what was meant: a file in a form that these changes do not
/// understand (tables in one line, dotted keys) is not changed at all, and they return nil.
extension ProfileFile {
    /// The text with a new profile at its end.
    package func adding(_ name: String, _ texts: [ProfileSetting: String]) -> String? {
        var lines = self.lines
        if let last = lines.last, !last.isEmpty { lines.append("") }
        lines.append("[profile.\(name)]")
        for setting in ProfileSetting.allCases {
            guard let text = texts[setting] else { continue }
            lines.append("\(setting.rawValue) = \(TOMLLiteral.text(text))")
        }
        var wanted = meaning
        wanted.profiles[name] = texts
        return Self.text(of: lines, meaning: wanted)
    }

    /// The text in which `use` names `name`; nil for `name` takes it out.
    package func using(_ name: String?) -> String? {
        var lines = self.lines
        if let use, let name {
            // Only the value changes: a comment behind it stays.
            let (old, new) = (TOMLLiteral.text(use.text), TOMLLiteral.text(name))
            guard lines.indices.contains(use.line - 1), let range = lines[use.line - 1].firstRange(of: old) else {
                return nil
            }
            lines[use.line - 1].replaceSubrange(range, with: new)
        } else if let use {
            guard lines.indices.contains(use.line - 1) else { return nil }
            lines.remove(at: use.line - 1)
        } else if let name {
            lines.insert("use = \(TOMLLiteral.text(name))", at: 0)
        }
        var wanted = meaning
        wanted.use = name
        return Self.text(of: lines, meaning: wanted)
    }

    /// The text without the profile `name`, and how many lines of comments went with it. Comments right above the next
    /// table stay.
    package func removing(_ name: String) -> (text: String, commentCount: Int)? {
        guard let profile = self[name] else { return nil }
        if use?.text == name {
            // `use` would name nothing any more.
            guard let text = using(nil), let rest = try? ProfileFile.parse(Array(text.utf8), fileName: "") else {
                return nil
            }
            return rest.removing(name)
        }
        let start = profile.line - 1
        var lines = self.lines
        guard lines.indices.contains(start), Self.isHeader(lines[start]) else { return nil }
        let next = lines[(start + 1)...].firstIndex(where: Self.isHeader)
        var end = next ?? lines.count
        if next != nil { while end - 1 > start, Self.isComment(lines[end - 1]) { end -= 1 } }
        let commentCount = lines[start..<end].count(where: Self.isComment)
        lines.removeSubrange(start..<end)
        var wanted = meaning
        wanted.profiles[name] = nil
        return Self.text(of: lines, meaning: wanted).map { ($0, commentCount) }
    }

    /// What a file says, its places set aside.
    private struct Meaning: Equatable {
        var use: String?
        var profiles: [String: [ProfileSetting: String]]
    }

    private var meaning: Meaning {
        var profiles: [String: [ProfileSetting: String]] = [:]
        for profile in self.profiles { profiles[profile.name] = profile.texts }
        return Meaning(use: use?.text, profiles: profiles)
    }

    /// The lines, without an empty one behind the last line end.
    private var lines: [String] {
        // By bytes: CR LF would be one character.
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: Array($0), as: UTF8.self)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func text(of lines: [String], meaning: Meaning) -> String? {
        let text = lines.map { $0 + "\n" }.joined()
        guard let read = try? ProfileFile.parse(Array(text.utf8), fileName: ""), read.meaning == meaning else {
            return nil
        }
        return text
    }

    private static func isHeader(_ line: String) -> Bool { line.drop { $0 == " " || $0 == "\t" }.first == "[" }
    private static func isComment(_ line: String) -> Bool { line.drop { $0 == " " || $0 == "\t" }.first == "#" }
}
