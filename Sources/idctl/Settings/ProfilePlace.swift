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

    /// The file whose profiles are not seen any more once there is one at `writePath`; nil: none.
    var hiddenPath: String? { readPath.flatMap { $0 == writePath ? nil : $0 } }

    /// What the file has; nothing where none was named and there is none.
    func read() throws(CommandFailure) -> ProfileFile {
        guard let readPath else { return .empty }
        return try Self.read(readPath)
    }

    /// The profiles in the file at `path`.
    static func read(_ path: String) throws(CommandFailure) -> ProfileFile {
        let bytes = try Self.bytes(of: path)
        do throws(ConfigurationError) {
            return try ProfileFile.parse(bytes, fileName: path)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The bytes of the file at `path`. It says who is asked, and as whom: one that others may write is refused.
    private static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
        if path == "-" { return try SmallFile.read(path, byteCountMax: ProfileFile.byteCountMax) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure(.cannotRead(file: path, errorNumber: errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw CommandFailure(.cannotRead(file: path, errorNumber: errno))
        }
        guard isOurs(status) else { throw CommandFailure(.profilesWritableByOthers(path), exit: .notPermitted) }
        return try SmallFile.bytes(of: descriptor, path: path, byteCountMax: ProfileFile.byteCountMax)
    }

    /// Whether nobody else but the system's administrator can write a file. Pipes and devices are whoever's made them.
    private static func isOurs(_ status: stat) -> Bool {
        guard status.st_mode & S_IFMT == S_IFREG else { return true }
        return status.st_mode & 0o022 == 0 && (status.st_uid == geteuid() || status.st_uid == 0)
    }

    /// `path`, seen from the directory of the file `other` where it is relative.
    static func path(_ path: String, besides other: String) -> String {
        guard !path.hasPrefix("/"), let slash = other.lastIndex(of: "/") else { return path }
        return other[...slash] + path
    }
}
