import EventLoop
import Glibc
import Testing
import Transport
import TransportSuite

/// Waits until `claim` holds; ten seconds without that is a failure. Nothing here takes one.
func eventually(_ text: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ claim: () -> Bool) {
    for _ in 0..<2_000 {
        if claim() { return }
        usleep(5_000)
    }
    Issue.record(text, sourceLocation: sourceLocation)
}

/// Descriptors that this process has open.
func openDescriptorCount() -> Int {
    guard let directory = opendir("/proc/self/fd") else { return -1 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
}

/// Runs `body` on that many threads at once and waits for all; what they throw is a failure.
func onThreads(
    _ count: Int,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable (Int) throws -> Void
) throws {
    let threads = try (0..<count).map { number in
        try NamedThread(name: "client-\(number)") {
            do { try body(number) } catch { Issue.record("client \(number): \(error)", sourceLocation: sourceLocation) }
        }
    }
    for thread in threads { thread.join() }
}
