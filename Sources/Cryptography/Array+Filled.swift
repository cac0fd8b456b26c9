extension [UInt8] {
    /// At most `byteCountMax` bytes, of which `fill` writes the first ones and sets the count; nil when it says no.
    ///
    /// `fill` finds `byteCountMax` in the count, as most functions of the library want it.
    static func filled(
        byteCountMax: Int,
        _ fill: (_ target: UnsafeMutablePointer<UInt8>?, _ byteCount: inout Int) -> Bool
    ) -> [UInt8]? {
        var isDone = false
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCountMax) { target, count in
            var filledCount = byteCountMax
            isDone = fill(target.baseAddress, &filledCount)
            count = isDone ? filledCount : 0
        }
        return isDone ? bytes : nil
    }
}
