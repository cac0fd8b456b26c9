internal import Console
internal import Glibc
internal import NodeConfiguration

/// Where the profiles are: the file of `--profiles`, of `IDCTL_PROFILES`, the user's, or the system's.
struct ProfilePlace {
    /// The system's.
    static let systemPath = "/etc/hanjiang/idctl.toml"

    /// The file that was named, by a flag or by the environment; nil: none was.
    let named: String?
    /// The user's; nil: there is no home.
    let userPath: String?
    private let systemPath: String

    init(options: GlobalOptions, environment: ProcessEnvironment, systemPath: String = Self.systemPath) {
        named = options.profiles ?? environment.nonEmpty(SettingsReading.profilesVariable)
        // Relative paths there are invalid (XDG Base Directory Specification §2).
        let configurations = environment.nonEmpty("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        userPath = (configurations ?? environment.nonEmpty("HOME").map { $0 + "/.config" }).map {
            $0 + "/hanjiang/idctl.toml"
        }
        self.systemPath = systemPath
    }

    /// The file that is read; nil: there is none.
    var readPath: String? {
        if let named { return named }
        return [userPath, systemPath].lazy.compactMap { $0 }.first { access($0, F_OK) == 0 }
    }

    /// The file that new profiles go to; nil: nobody has said where.
    var writePath: String? { named ?? userPath }

    /// What the file has; nothing where none was named and there is none.
    func read() throws(CommandFailure) -> ProfileFile {
        guard let readPath else { return .empty }
        return try Self.read(readPath)
    }

    /// The profiles in the file at `path`.
    static func read(_ path: String) throws(CommandFailure) -> ProfileFile {
        let bytes = try SmallFile.read(path, byteCountMax: ProfileFile.byteCountMax)
        do throws(ConfigurationError) {
            return try ProfileFile.parse(bytes, fileName: path)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// `path`, seen from the directory of the file `other` where it is relative.
    static func path(_ path: String, besides other: String) -> String {
        guard !path.hasPrefix("/"), let slash = other.lastIndex(of: "/") else { return path }
        return other[...slash] + path
    }
}
