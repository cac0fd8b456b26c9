/// The language in which a program answers a person.
package enum Language: String, Sendable, CaseIterable {
    /// Simplified Chinese (zh-CN).
    case chinese = "zh"
    /// English.
    case english = "en"

    /// The language of a `--lang` value or of a locale's name: `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`, `en_GB`.
    ///
    /// `nil` for any other language; letters count in either case.
    package init?(tag: String) {
        let head = tag.utf8.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
        switch head.map({ $0 | 0x20 }) {
        case Array("zh".utf8): self = .chinese
        case Array("en".utf8): self = .english
        default: return nil
        }
    }

    /// The language to use: that of `--lang` if given, else that of the locale; English for every locale but Chinese.
    ///
    /// Of `LC_ALL`, `LC_MESSAGES` and `LANG` the first that is not empty decides, as POSIX says (XBD §8.2).
    package static func chosen(option: Language?, environment: ProcessEnvironment) -> Language {
        if let option { return option }
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale.flatMap(Language.init(tag:)) ?? .english
    }
}
