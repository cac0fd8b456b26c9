internal import Glibc
internal import Resolution
internal import Synchronization

/// A count page in a file of its own, mapped for as long as this lives.
final class CountPageFile: Sendable {
    private static let namePrefix = "counts-"

    let path: String
    let day: CountDay
    let worker: Int
    let page: CountPage
    private let byteCount: Int

    private init(path: String, page: CountPage, day: CountDay, worker: Int, byteCount: Int) {
        self.path = path
        self.day = day
        self.worker = worker
        self.page = page
        self.byteCount = byteCount
    }

    deinit { munmap(page.base, byteCount) }

    /// The file of `worker` for `day` in the directory `counts`.
    static func path(in counts: String, day: CountDay, worker: Int) -> String {
        "\(counts)/\(namePrefix)\(day.text)-\(worker)"
    }

    /// The names of count files in the directory `counts`.
    static func names(in counts: String) -> [String] {
        guard let directory = opendir(counts) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix(namePrefix), !name.contains(".") else { continue }
            names.append(name)
        }
        return names.sorted()
    }

    /// Makes the file, in full on the disk before it is mapped: writing to a hole on a full disk would be a fault.
    static func make(
        in counts: String,
        day: CountDay,
        worker: Int,
        slotCount: Int,
        sourceCount: Int
    ) throws(StoreError) -> CountPageFile {
        let path = path(in: counts, day: day, worker: worker)
        let unfinished = path + ".new"
        let byteCount = CountPage.byteCount(slotCount: slotCount, sourceCount: sourceCount)
        let descriptor = Glibc.open(unfinished, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: unfinished, operation: "open", errno: errno) }
        defer { close(descriptor) }
        let code = posix_fallocate(descriptor, 0, byteCount)
        guard code == 0 else {
            unlink(unfinished)
            if code == ENOSPC { throw .storageFull(path: path) }
            throw .system(path: path, operation: "posix_fallocate", errno: code)
        }
        let base = try map(descriptor, byteCount, MAP_SHARED, path)
        guard
            let page = CountPage(at: base, day: day, worker: worker, slotCount: slotCount, sourceCount: sourceCount),
            rename(unfinished, path) == 0
        else {
            munmap(base, byteCount)
            throw .system(path: path, operation: "rename", errno: errno)
        }
        return CountPageFile(path: path, page: page, day: day, worker: worker, byteCount: byteCount)
    }

    /// Maps the file at `path`, whatever its sizes; nil when it is no count page. `isCopy`: what is written stays here.
    static func open(_ path: String, isCopy: Bool) -> CountPageFile? {
        let descriptor = Glibc.open(path, (isCopy ? O_RDONLY : O_RDWR) | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, let shape = shape(descriptor), shape.byteCount == status.st_size,
            let base = try? map(descriptor, shape.byteCount, isCopy ? MAP_PRIVATE : MAP_SHARED, path)
        else { return nil }
        let page = CountPage(
            at: base,
            day: shape.day,
            worker: shape.worker,
            slotCount: shape.slotCount,
            sourceCount: shape.sourceCount
        )
        guard let page else {
            munmap(base, shape.byteCount)
            return nil
        }
        return CountPageFile(
            path: path,
            page: page,
            day: shape.day,
            worker: shape.worker,
            byteCount: shape.byteCount
        )
    }

    private static func shape(_ descriptor: Int32) -> CountPageShape? {
        var header = [UInt8](repeating: 0, count: CountPage.headerByteCount)
        let count = header.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return count == header.count ? CountPageShape(header: header.span.bytes) : nil
    }

    private static func map(
        _ descriptor: Int32,
        _ byteCount: Int,
        _ flags: Int32,
        _ path: String
    ) throws(StoreError) -> UnsafeMutableRawPointer {
        let base = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, descriptor, 0)
        guard let base, base != MAP_FAILED else { throw .system(path: path, operation: "mmap", errno: errno) }
        return base
    }

    /// Lets the kernel begin to write what has changed.
    func synchronizeLater() { msync(page.base, byteCount, MS_ASYNC) }

    /// Removes the file; the page stays readable until this is released.
    func remove() { unlink(path) }

    /// Puts a file aside that is no count page.
    static func setAside(_ path: String) { rename(path, path + ".damaged") }
}
