/// The part of a plan that one of its sender threads does.
///
/// Of an open loop's questions a thread sends every `count`th, so that all threads together send each at its planned
/// time.
struct ThreadShare: Sendable, Equatable {
    /// From 0.
    let number: Int
    let count: Int

    static let whole = ThreadShare(number: 0, count: 1)

    /// Its part of a number of things, which the first threads get one more of where they do not come out even.
    func part(of whole: Int) -> Int { whole / count + (number < whole % count ? 1 : 0) }

    /// How many of the first `whole` things are its own, where it has every `count`th.
    func ownCount(amongFirst whole: UInt64) -> UInt64 {
        let (number, count) = (UInt64(number), UInt64(count))
        return whole > number ? (whole - number - 1) / count + 1 : 0
    }

    /// Which of all things its own one is.
    func place(ofOwn own: UInt64) -> UInt64 { own &* UInt64(count) &+ UInt64(number) }
}
