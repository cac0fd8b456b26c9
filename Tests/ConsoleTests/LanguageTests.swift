import Console
import Testing

struct LanguageTests {
    @Test(arguments: [
        (["LC_ALL": "zh_CN.UTF-8"], Language.chinese), (["LANG": "zh_TW"], .chinese), (["LC_MESSAGES": "zh"], .chinese),
        (["LANG": "C.UTF-8"], .english), ([:], .english), (["LANG": "de_DE"], .english), (["LANG": "zha_CN"], .english),
        (["LC_ALL": "en_US", "LANG": "zh_CN"], .english),
        (["LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN"], .chinese),
        (["LC_MESSAGES": "zh_CN", "LANG": "en_US"], .chinese), (["LC_ALL": "C", "LC_MESSAGES": "zh_CN"], .english),
    ])
    func localeDecides(variables: [String: String], expected: Language) {
        #expect(Language.chosen(option: nil, environment: ProcessEnvironment(variables)) == expected)
    }

    @Test func optionWinsOverLocale() {
        let environment = ProcessEnvironment(["LC_ALL": "zh_CN.UTF-8"])
        #expect(Language.chosen(option: .english, environment: environment) == .english)
    }

    @Test(arguments: ["zh", "ZH", "zh-CN", "zh_CN.UTF-8", "Zh-Hans"])
    func chineseTags(tag: String) {
        #expect(Language(tag: tag) == .chinese)
    }

    @Test(arguments: ["", "z", "de", "english", "中文"])
    func otherTagsAreNoLanguage(tag: String) {
        #expect(Language(tag: tag) == nil)
    }
}
