import Console
import Glibc
import NodeConfiguration
import Testing

@testable import idctl

@Suite struct SettingsReadingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func settings(_ arguments: [String] = [], _ variables: [String: String] = [:]) -> Settings {
        SettingsReading(options: .take(from: arguments), environment: ProcessEnvironment(variables)).settings()
    }

    @Test func `C5 every setting has its variable`() {
        let names = ProfileSetting.allCases.map(SettingsReading.variable)
        #expect(
            names == [
                "IDCTL_SERVER", "IDCTL_AUTH", "IDCTL_KEY_FILE", "IDCTL_PASSPHRASE_FILE", "IDCTL_SECRET_FILE",
                "IDCTL_SITE_KEY", "IDCTL_CONFIG", "IDCTL_DATA", "IDCTL_LANG",
                "IDCTL_DEFAULT_PREFIX", "IDCTL_DNS_RESOLVER", "IDCTL_OID_ROOT",
            ]
        )
        let settings = settings([], ["IDCTL_KEY_FILE": "k", "IDCTL_DATA": ""])
        #expect(settings.environment == [.keyFile: GivenSetting("k", .environment("IDCTL_KEY_FILE"))])
    }

    @Test func `C6 a profile is chosen by flag, by environment, by use`() throws {
        let text = "use = \"a\"\n[profile.a]\nserver = \"a\"\n[profile.b]\nserver = \"b\"\n[profile.c]\nlang = \"zh\"\n"
        let file = try folder.write(text, as: "idctl.toml")
        let variables = ["IDCTL_PROFILES": file]
        #expect(settings([], variables).profile[.server]?.text == "a")
        let both = ["IDCTL_PROFILES": file, "IDCTL_PROFILE": "b"]
        #expect(settings([], both).profile[.server]?.text == "b")
        #expect(settings(["--profile=a", "resolve"], both).profile[.server]?.text == "a")
        #expect(settings(["--profiles", file, "--profile", "b"]).profile[.server]?.text == "b")
        let wrong = settings(["--profile", "d"], variables)
        #expect(wrong.failure?.messages.first?.code == "E-PROFILE-002" && wrong.failure?.exit == .usage)
        let chinese = settings(["--profile", "c"], variables)
        let locale = ProcessEnvironment(["LANG": "en_GB"])
        #expect(chinese.language(option: nil, environment: locale) == .chinese)
        #expect(chinese.language(option: .english, environment: locale) == .english)
        let own = settings([], ["IDCTL_LANG": "zh"])
        #expect(own.language(option: nil, environment: locale) == .chinese)
    }

    @Test func `C6 paths of a profile are relative to its file`() throws {
        let text = "[profile.a]\nserver = \"keys\"\nkey-file = \"keys/a.pem\"\ndata = \"/d\"\n"
        let file = try folder.write(text, as: "idctl.toml")
        let profile = settings(["--profiles", file, "--profile", "a"]).profile
        #expect(profile[.keyFile]?.text == folder.file("keys/a.pem"))
        #expect(profile[.server]?.text == "keys" && profile[.data]?.text == "/d")
        #expect(profile[.keyFile]?.origin == .profile("a", MessagePlace(file: file, line: 3)))
        #expect(ProfilePlace.path("k", besides: "idctl.toml") == "k")
    }

    @Test(arguments: [
        (["IDCTL_LANG": "fr"], "E-USAGE-001"), (["IDCTL_AUTH": "nobody"], "E-USAGE-001"),
        (["IDCTL_CONFIG": "c", "IDCTL_DATA": "d"], "E-PROFILE-001"),
        (["IDCTL_KEY_FILE": "c", "IDCTL_SECRET_FILE": "d"], "E-PROFILE-001"),
        (["IDCTL_PROFILES": "/none/idctl.toml"], "E-FILE-001"), (["IDCTL_PROFILE": "x"], "E-PROFILE-002"),
    ])
    func `C6 what is wrong outside the command line is told to who needs it`(
        variables: [String: String],
        code: String
    ) throws {
        let settings = settings([], variables.merging(["HOME": "/none"]) { mine, _ in mine })
        #expect(settings.failure?.messages.first?.code.description == code)
        #expect(throws: CommandFailure.self) { try settings.checked() }
    }

    @Test func `C5 a file of profiles that others may write is not used`() throws {
        let file = try folder.write("use = \"a\"\n[profile.a]\nserver = \"a\"\n", as: "idctl.toml")
        for mode: mode_t in [0o620, 0o602] {
            chmod(file, mode)
            let failure = settings(["--profiles", file]).failure
            #expect(failure?.messages.first?.code == "E-PROFILE-008" && failure?.exit == .notPermitted)
            #expect(throws: CommandFailure.self) { try ProfileWriting.change(file) { $0.using(nil) } }
        }
        chmod(file, 0o644)
        #expect(settings(["--profiles", file]).profile[.server]?.text == "a")
        #expect(settings(["--profiles", "/dev/null"]).failure == nil)
        guard geteuid() == 0 else { return }
        #expect(chown(file, 65_534, 65_534) == 0)
        #expect(settings(["--profiles", file]).failure?.messages.first?.code == "E-PROFILE-008")
    }

    @Test func `C6 the user's file comes before the system's, a named one before both`() throws {
        let system = try folder.write("", as: "system.toml")
        func place(_ arguments: [String], _ variables: [String: String]) -> ProfilePlace {
            let environment = ProcessEnvironment(variables)
            return ProfilePlace(options: .take(from: arguments), environment: environment, systemPath: system)
        }
        let home = ["HOME": folder.path]
        let user = folder.file(".config/hanjiang/idctl.toml")
        #expect(place([], home).readPath == system && place([], home).writePath == user)
        #expect(place([], ["HOME": "/h", "XDG_CONFIG_HOME": "/x"]).userPath == "/x/hanjiang/idctl.toml")
        #expect(place([], ["HOME": "/h", "XDG_CONFIG_HOME": "x"]).userPath == "/h/.config/hanjiang/idctl.toml")
        #expect(place([], [:]).writePath == nil)
        #expect(place([], home).hiddenPath == system, "W-PROFILE-007 is told of it")
        #expect(place(["--profiles", "n"], home).hiddenPath == nil)
        try ProfileWriting.change(user) { $0.adding("a", [:]) }
        #expect(place([], home).hiddenPath == nil)
        #expect(place([], home).readPath == user)
        #expect(place(["--profiles", "n"], home.merging(["IDCTL_PROFILES": "e"]) { a, _ in a }).readPath == "n")
    }
}
