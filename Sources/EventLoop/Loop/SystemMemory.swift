import Glibc

/// How much memory the process may use.
package enum SystemMemory {
    /// Bytes of the machine's memory, or of the lowest limit of the control groups (version 2) that the process is in,
    /// where that is less.
    package static func byteCount() -> Int {
        let machine = max(0, sysconf(Int32(_SC_PHYS_PAGES))) * max(1, sysconf(Int32(_SC_PAGESIZE)))
        return byteCount(
            machine: machine,
            groups: ProcessFiles.text("/proc/self/cgroup"),
            folder: "/sys/fs/cgroup"
        )
    }

    /// The same for a machine of so many bytes. `groups` are the lines of `/proc/self/cgroup`, `folder` is where the
    /// control groups are shown.
    static func byteCount(machine: Int, groups: String, folder: String) -> Int {
        // Of version 2 the line is "0::" and the path, of which each folder may have limits.
        let line = groups.split(separator: "\n").first { $0.hasPrefix("0::/") }
        var path = folder
        var least = min(machine, limit(of: path))
        for part in line?.dropFirst("0::/".count).split(separator: "/") ?? [] {
            path += "/" + part
            least = min(least, limit(of: path))
        }
        return least
    }

    /// The lower of where the kernel slows a group down and where it ends it; the most where there is neither.
    private static func limit(of group: String) -> Int {
        ["memory.high", "memory.max"].reduce(Int.max) { least, name in
            let text = ProcessFiles.text(group + "/" + name)
            return min(least, Int(text.split(separator: "\n").first ?? "") ?? Int.max)
        }
    }
}
