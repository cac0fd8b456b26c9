/// Where each message begins in one piece of memory, and where the last one ends: numbers that only become more, at an
/// address that can be read without a look at who owns it.
struct MessageStarts: ~Copyable {
    private var places: UnsafeMutablePointer<Int>
    private var capacity = 1_024
    private(set) var count = 1

    /// One number, 0.
    init() {
        places = .allocate(capacity: capacity)
        places.initialize(repeating: 0, count: capacity)
    }

    deinit { places.deallocate() }

    /// Valid until the next `append`.
    var address: UnsafePointer<Int> { UnsafePointer(places) }

    mutating func append(_ place: Int) {
        if count == capacity {
            let larger = UnsafeMutablePointer<Int>.allocate(capacity: 2 * capacity)
            larger.initialize(repeating: 0, count: 2 * capacity)
            larger.update(from: places, count: count)
            places.deallocate()
            places = larger
            capacity *= 2
        }
        places[count] = place
        count += 1
    }
}
