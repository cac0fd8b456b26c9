/// A request to create or change a record, and the number that stands for it among the questions under way.
struct WriteRequest: Equatable, Sendable {
    /// Among the writer's own, below 2²⁷.
    let record: Int
    /// The version that it makes, 0...15.
    let version: UInt8
    let isChange: Bool

    init(record: Int, version: UInt8, isChange: Bool) {
        self.record = record
        self.version = version & 0xF
        self.isChange = isChange
    }

    /// From its number.
    init(_ question: Int) {
        self.init(
            record: question >> 5,
            version: UInt8(truncatingIfNeeded: question >> 1),
            isChange: question & 1 != 0
        )
    }

    /// Below 2³².
    var question: Int { record << 5 | Int(version) << 1 | (isChange ? 1 : 0) }
}
