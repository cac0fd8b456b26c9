internal import Console
internal import NodeConfiguration

extension UserMessage {
    /// Two variables of the environment say two things at once.
    static func contradictingVariables(_ first: String, _ second: String) -> UserMessage {
        UserMessage(
            "E-PROFILE-001",
            english: "\(first) and \(second) exclude each other",
            chinese: "\(first) 与 \(second) 不能同时设置",
            adviceEnglish: "unset one of them",
            adviceChinese: "请取消其中之一"
        )
    }

    /// A profile that is not there.
    static func unknownProfile(_ name: String, among known: [String], file: String?) -> UserMessage {
        let nearest = Suggestion.nearest(name, among: known)
        let list = known.prefix(20).joined(separator: ", ")
        return UserMessage(
            "E-PROFILE-002",
            english: "there is no profile “\(name)”",
            chinese: "没有名为“\(name)”的配置档",
            adviceEnglish: nearest.map { "did you mean “\($0)”?" }
                ?? (known.isEmpty ? "make one with: idctl profile add NAME" : "there are: \(list)"),
            adviceChinese: nearest.map { "是否想输入“\($0)”？" }
                ?? (known.isEmpty ? "请用 idctl profile add 名称 创建" : "现有：\(list)"),
            at: file.map { MessagePlace(file: $0) }
        )
    }

    /// A profile that is there already.
    static func profileExists(_ name: String, at place: MessagePlace) -> UserMessage {
        UserMessage(
            "E-PROFILE-003",
            english: "there is a profile “\(name)” already",
            chinese: "已有名为“\(name)”的配置档",
            adviceEnglish: "edit it there, or remove it first: idctl profile remove \(name)",
            adviceChinese: "请在该处修改，或先删除：idctl profile remove \(name)",
            at: place
        )
    }

    /// A file in a form that would not survive a change.
    static func profilesNotEdited(_ file: String) -> UserMessage {
        UserMessage(
            "E-PROFILE-004",
            english: "the file is written in a way that cannot be changed safely; it stays as it was",
            chinese: "该文件的写法无法安全地自动修改，未作任何改动",
            adviceEnglish: "edit it by hand: one table [profile.NAME] for each profile, use = \"NAME\" above them",
            adviceChinese: "请手工编辑：每个配置档一个 [profile.名称] 表，其上为 use = \"名称\"",
            at: MessagePlace(file: file)
        )
    }

    /// There is no file to write to, and no home for one.
    static func noProfileFile() -> UserMessage {
        UserMessage(
            "E-PROFILE-005",
            english: "there is no place for the profile file: neither XDG_CONFIG_HOME nor HOME is set",
            chinese: "没有存放配置档文件的位置：XDG_CONFIG_HOME 与 HOME 均未设置",
            adviceEnglish: "give --profiles FILE",
            adviceChinese: "请给出 --profiles 文件"
        )
    }

    /// Comments went with a removed profile.
    static func commentsRemoved(_ count: Int) -> UserMessage {
        UserMessage(
            "W-PROFILE-006",
            english: "lines of comments inside it went with it: \(TextCount.grouped(count))",
            chinese: "其中的注释行一并删除：\(TextCount.grouped(count))"
        )
    }

    /// The user's new file takes the place of the system's.
    static func systemProfilesHidden(_ file: String) -> UserMessage {
        UserMessage(
            "W-PROFILE-007",
            english: "its profiles are not seen any more: your own file comes before it",
            chinese: "其中的配置档不再生效：您自己的文件优先",
            adviceEnglish: "name it with --profiles to use them",
            adviceChinese: "如需使用，请以 --profiles 指定该文件",
            at: MessagePlace(file: file)
        )
    }

    /// Somebody else could say who is asked, and as whom.
    static func profilesWritableByOthers(_ file: String) -> UserMessage {
        UserMessage(
            "E-PROFILE-008",
            english: "others than you may write to this file of profiles; it is not used",
            chinese: "您以外的用户可写入此配置档文件，未使用该文件",
            adviceEnglish: "make it yours and run: chmod go-w \(file)",
            adviceChinese: "请确认文件归您所有，并执行：chmod go-w \(file)",
            at: MessagePlace(file: file)
        )
    }
}
