/// `[profile.NAME]` while it is read.
struct ProfileSection: SettingSection {
    var texts: [ProfileSetting: String] = [:]

    static let keys: [SettingKey<ProfileSection>] = ProfileSetting.allCases.map { setting in
        SettingKey(
            name: setting.rawValue,
            comment: setting.expectation,
            read: { (node, section) throws(SettingFault) in
                guard case .text(let text) = node else { throw SettingFault(.wrongKind, expected: setting.expectation) }
                guard setting.allows(text) else { throw SettingFault(.notAllowed, expected: setting.expectation) }
                section.texts[setting] = text
            },
            literal: { TOMLLiteral.text($0.texts[setting] ?? "") }
        )
    }
}
