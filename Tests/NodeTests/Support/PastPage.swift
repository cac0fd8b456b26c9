import Glibc
import Resolution

/// A count page of days ago, as a node that was stopped since has left it.
enum PastPage {
    /// A day is closed so long after its end.
    private static let closingSeconds: Int64 = 600

    /// Writes one with so many external queries of the node's first prefix, all found; returns its day. All days from
    /// this one on can be closed, as many as `daysAgo`, though it be just after midnight.
    @discardableResult
    static func write(_ directory: NodeDirectory, queries: Int, daysAgo: Int32 = 2) throws -> CountDay {
        let day = CountDay(number: CountDay(unixSeconds: Int64(time(nil)) - closingSeconds).number - daysAgo)
        let byteCount = CountPage.byteCount(slotCount: 64, sourceCount: 64)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 4_096)
        defer { memory.deallocate() }
        memset(memory, 0, byteCount)
        guard let page = CountPage(at: memory, day: day, worker: 0, slotCount: 64, sourceCount: 64) else {
            throw NodeFailure("no count page")
        }
        for _ in 0..<queries {
            page.note(prefix: 1, origin: .external, isFound: true, latencyNanoseconds: 9, secondOfDay: 9)
        }
        let bytes = [UInt8](UnsafeRawBufferPointer(start: memory, count: byteCount))
        try TestFile.write("\(directory.data)/counts/counts-\(day.text)-0", bytes)
        return day
    }
}
