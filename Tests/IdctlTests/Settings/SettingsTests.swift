import ArgumentParser
import Console
import NodeConfiguration
import Testing

@testable import idctl

@Suite struct SettingsTests {
    private static func level(
        _ texts: [ProfileSetting: String],
        _ origin: GivenSetting.Origin = .flag
    ) -> Settings.Level {
        texts.mapValues { GivenSetting($0, origin) }
    }

    private static func settings(
        environment: [ProfileSetting: String] = [:],
        profile: [ProfileSetting: String] = [:]
    ) -> Settings {
        Settings(
            environment: level(environment, .environment("V")),
            profile: level(profile, .profile("p", MessagePlace(file: "f", line: 1)))
        )
    }

    @Test func `C6 a flag is stronger than the environment, and that than the profile`() {
        let settings = Self.settings(environment: [.server: "e"], profile: [.server: "p", .siteKey: "s"])
        #expect(settings.server(Self.level([.server: "f"]))[.server]?.text == "f")
        #expect(settings.server([:])[.server]?.text == "e")
        #expect(Self.settings(profile: [.config: "c", .data: "d"]).server([:])[.config]?.text == "c")
        let choice = settings.administration(Self.level([.auth: "1:a/b", .keyFile: "k"]), isLocal: false)
        #expect(choice[.server] == "e" && choice[.siteKey] == "s" && choice[.keyFile] == "k")
        #expect(choice.given[.server]?.name(of: .server) == "V")
        #expect(choice.given[.siteKey]?.name(of: .siteKey) == "site-key (f:1)")
        #expect(choice.given[.keyFile]?.name(of: .keyFile) == "--key-file")
    }

    @Test(
        arguments: [
            // Flags, whether the node is asked by its control socket, and what counts.
            ([:], false, [.server: "s", .auth: "a", .keyFile: "k", .passphraseFile: "w", .siteKey: "t"]),
            ([.data: "x"], true, [.data: "x"]), ([.config: "x"], true, [.config: "x"]),
            ([.server: "x"], false, [.server: "x", .auth: "a", .keyFile: "k", .passphraseFile: "w", .siteKey: "t"]),
            ([.keyFile: "x"], false, [.server: "s", .auth: "a", .keyFile: "x", .siteKey: "t"]),
            ([.secretFile: "x"], false, [.server: "s", .auth: "a", .secretFile: "x", .siteKey: "t"]),
            (
                [.config: "x", .auth: "y", .keyFile: "z"], false,
                [.config: "x", .auth: "y", .keyFile: "z", .siteKey: "t"]
            ),
        ] as [([ProfileSetting: String], Bool, [ProfileSetting: String])]
    )
    func `C6 a flag that chooses one way sets a profile's other way aside`(
        flags: [ProfileSetting: String],
        isLocal: Bool,
        expected: [ProfileSetting: String]
    ) {
        let profile: [ProfileSetting: String] = [
            .server: "s", .auth: "a", .keyFile: "k", .passphraseFile: "w", .siteKey: "t", .data: "d",
        ]
        let choice = Self.settings(profile: profile).administration(Self.level(flags), isLocal: false)
        #expect(choice.isLocal == isLocal)
        #expect(choice.given.mapValues(\.text) == expected)
    }

    @Test func `C6 a profile's node counts where it names no server, and with --local`() {
        let operatorOnly = Self.settings(profile: [.config: "c"]).administration([:], isLocal: false)
        #expect(operatorOnly.isLocal && operatorOnly[.config] == "c")
        let both = Self.settings(profile: [.server: "s", .data: "d"])
        #expect(!both.administration([:], isLocal: false).isLocal)
        let local = both.administration([:], isLocal: true)
        #expect(local.isLocal && local[.data] == "d" && local[.server] == nil)
        #expect(both.node([:])[.data]?.text == "d")
        #expect(both.node(Self.level([.config: "x"])).mapValues(\.text) == [.config: "x"])
        let keyOnly = Self.settings(profile: [.keyFile: "k"]).administration([:], isLocal: false)
        #expect(keyOnly.given.isEmpty, "a key of nobody is not used")
    }

    @Test func `C6 options are checked against the settings around them`() throws {
        try Settings.$current.withValue(Self.settings(profile: [.data: "d"])) {
            let command = try #require(try Idctl.parseAsRoot(["status"]) as? StatusCommand)
            #expect(try command.node.chosen() == (nil, "d"))
            #expect(try Idctl.parseAsRoot(["export"]) is ExportCommand)
            #expect(try Idctl.parseAsRoot(["id", "get", "88.118/x", "--at", "2026-05-03"]) is IdentifierGetCommand)
        }
        #expect(throws: (any Error).self) {
            try Settings.$current.withValue(Self.settings(profile: [.auth: "1:a/b"])) {
                _ = try Idctl.parseAsRoot(["id", "get", "88.118/x"])
            }
        }
        var broken = Settings()
        broken.failure = CommandFailure(.noProfileFile())
        Settings.$current.withValue(broken) {
            #expect(throws: Never.self) { _ = try Idctl.parseAsRoot(["status"]) }
            #expect(throws: CommandFailure.self) { try NodeOptions(config: "c", data: nil).places() }
        }
    }

    @Test func `C6 where each value came from is listed`() {
        let settings = Self.settings(environment: [.config: "c"], profile: [.lang: "zh"])
        let terminal = Terminal(isTerminal: false, isDecorated: false)
        let session = Session(language: .english, outputTerminal: terminal, errorTerminal: terminal)
        let listing = SettingListing(settings, language: .chinese, option: nil)
        let lines = listing.lines(session, withOrigin: true)
        #expect(lines.contains { $0.hasPrefix("config ") && $0.hasSuffix("c   environment V") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("lang ") && $0.hasSuffix("zh  profile p in f:1") }, "\(lines)")
        #expect(lines.contains { $0 == "server           -" }, "the configuration names it")
        let json = String(decoding: listing.json(withOrigin: true), as: UTF8.self)
        #expect(
            json.contains(
                #"{"name":"lang","value":"zh","origin":{"kind":"profile","profile":"p","file":"f","line":1}}"#
            )
        )
        #expect(!String(decoding: listing.json(withOrigin: false), as: UTF8.self).contains("origin"))
        let usual = SettingListing(Settings(), language: .english, option: .english).lines(session, withOrigin: true)
        #expect(usual.contains { $0.hasSuffix("127.0.0.1:2641  built in") } && usual.contains { $0.hasSuffix("flag") })
    }
}
