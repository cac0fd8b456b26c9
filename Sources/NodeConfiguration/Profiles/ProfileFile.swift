/// The file of `idctl`'s profiles: tables `[profile.NAME]`, and on top `use = "NAME"` for the one that counts where
/// nobody chooses. Read whole; unknown keys are errors with their line.
package struct ProfileFile: Sendable {
    /// Bytes of the file at most.
    package static let byteCountMax = 1 << 20

    /// The text that was read.
    package let text: String
    /// What `use` names, and its line; nil: nothing.
    package let use: Profile.Entry?
    /// The profiles in the order of the file.
    package let profiles: [Profile]

    /// No profiles yet.
    package static let empty = ProfileFile(text: "", use: nil, profiles: [])

    /// The profile called `name`.
    package subscript(name: String) -> Profile? { profiles.first { $0.name == name } }

    /// Reads `bytes`; `fileName` is what problems call the file. Throws every problem there is.
    package static func parse(_ bytes: [UInt8], fileName: String) throws(ConfigurationError) -> ProfileFile {
        try NodeConfiguration.checkText(bytes, fileName: fileName)
        let document: TOMLDocument
        do throws(TOMLSyntaxError) {
            document = try TOMLDocument(bytes)
        } catch {
            let position = LineIndex(bytes).position(at: error.offset)
            throw ConfigurationError([NodeConfiguration.problem(of: error, at: position, file: fileName)])
        }
        var reader = ConfigurationReader(file: fileName, positions: document.positions)
        reader.advice = advice
        let profiles = profiles(in: document, with: &reader)
        let use = use(in: document, among: profiles, with: &reader)
        reader.reportUnknown(document.members.keys.filter { !topNames.contains($0) }, at: ConfigurationPath())
        guard reader.problems.isEmpty else { throw ConfigurationError(reader.problems) }
        return ProfileFile(text: String(decoding: bytes, as: UTF8.self), use: use, profiles: profiles)
    }

    private static let topNames = ["use", "profile"]
    private static let tablePath = ConfigurationPath([.key("profile")])

    private static func profiles(in document: TOMLDocument, with reader: inout ConfigurationReader) -> [Profile] {
        guard let node = document.members["profile"] else { return [] }
        guard case .table(let tables) = node else {
            reader.report(
                .wrongKind,
                at: tablePath,
                Wording("profile is \(node.kind.english)", "profile 的取值是\(node.kind.chinese)"),
                advice: Wording("give tables, each under [profile.NAME]", "请以 [profile.名称] 给出各个表")
            )
            return []
        }
        return tables.map { profile($0, from: $1, in: document, with: &reader) }.sorted { $0.line < $1.line }
    }

    private static func profile(
        _ name: String,
        from node: TOMLNode,
        in document: TOMLDocument,
        with reader: inout ConfigurationReader
    ) -> Profile {
        let path = tablePath.appending(name)
        if !Profile.isName(name) {
            reader.report(
                .notAllowed,
                at: path,
                Wording("a profile cannot be called that", "配置档不能使用此名称"),
                advice: Wording(
                    "give \(Profile.nameExpectation.english)",
                    "请给出\(Profile.nameExpectation.chinese)"
                )
            )
        }
        let section = reader.section(ProfileSection.self, from: node, at: path)
        for (first, second) in ProfileSetting.contradictions
        where section.texts[first] != nil && section.texts[second] != nil {
            reader.report(
                .contradiction,
                at: path.appending(second.rawValue),
                Wording(
                    "\(first.rawValue) and \(second.rawValue) exclude each other",
                    "\(first.rawValue) 与 \(second.rawValue) 不能同时使用"
                ),
                advice: Wording("remove one of them", "请删除其中之一")
            )
        }
        var entries: [ProfileSetting: Profile.Entry] = [:]
        for (setting, text) in section.texts {
            let line = document.positions[path.appending(setting.rawValue)]?.line ?? 1
            entries[setting] = Profile.Entry(text: text, line: line)
        }
        return Profile(name: name, line: document.positions[path]?.line ?? 1, entries: entries)
    }

    private static func use(
        in document: TOMLDocument,
        among profiles: [Profile],
        with reader: inout ConfigurationReader
    ) -> Profile.Entry? {
        guard let node = document.members["use"] else { return nil }
        let path = ConfigurationPath([.key("use")])
        guard case .text(let name) = node else {
            reader.report(
                .wrongKind,
                at: path,
                Wording("use is \(node.kind.english)", "use 的取值是\(node.kind.chinese)"),
                advice: Wording("give the name of a profile", "请给出配置档的名称")
            )
            return nil
        }
        if !profiles.contains(where: { $0.name == name }) {
            let nearest = NearestName.of(name, among: profiles.map(\.name))
            reader.report(
                .contradiction,
                at: path,
                Wording("use names no profile of this file", "use 所指的配置档不在此文件中"),
                advice: nearest.map { Wording("did you mean \($0)?", "是否想写 \($0)？") }
                    ?? Wording("add [profile.NAME], or remove use", "请添加 [profile.名称]，或删除 use")
            )
        }
        return Profile.Entry(text: name, line: document.positions[path]?.line ?? 1)
    }

    /// What to do about an unknown `name` in the table at `path`.
    private static func advice(forUnknown name: String, in path: ConfigurationPath) -> Wording {
        let settings = ProfileSetting.allCases.map(\.rawValue)
        let known = path.steps.isEmpty ? topNames : settings
        if let nearest = NearestName.of(name, among: known) {
            return Wording("did you mean \(nearest)?", "是否想写 \(nearest)？")
        }
        if path.steps.isEmpty, settings.contains(name) {
            return Wording("\(name) belongs under [profile.NAME]", "\(name) 应写在 [profile.名称] 之下")
        }
        let list = known.joined(separator: ", ")
        return Wording("remove it; there are: \(list)", "请删除；可用的有：\(list)")
    }
}
