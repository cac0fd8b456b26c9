internal import Glibc

/// The machine that a run was made on, as far as its figures depend on it.
struct HostFacts: Equatable, Sendable {
    let system: String
    let machine: String
    let processor: String
    let processorCount: Int
    let memoryByteCount: UInt64

    /// This machine; what it does not tell is empty.
    static func ofThisMachine() -> HostFacts {
        var names = utsname()
        uname(&names)
        let pages = max(0, sysconf(Int32(_SC_PHYS_PAGES)))
        return HostFacts(
            system: "\(text(&names.sysname)) \(text(&names.release))",
            machine: text(&names.machine),
            processor: processorName(),
            processorCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
            memoryByteCount: UInt64(pages) * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
        )
    }

    /// In one line.
    var line: String {
        let named = processor.isEmpty ? machine : "\(machine) \(processor)"
        return "\(system), \(processorCount) × \(named), \(memoryByteCount >> 20) MiB"
    }

    private static func text<Field>(_ field: inout Field) -> String {
        withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static func processorName() -> String {
        guard let lines = try? LineReader(path: "/proc/cpuinfo") else { return "" }
        while let line = try? lines.next() {
            let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].hasPrefix("model name") else { continue }
            return String(parts[1].drop { $0 == " " })
        }
        return ""
    }
}
