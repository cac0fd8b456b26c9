internal import ResolutionProtocol

/// How long an answer may be kept (data-model.md §2.1).
enum AnswerLifetime {
    /// No value is believed for longer, in seconds: two days.
    static let secondsMax: UInt64 = 172_800

    /// The least TTL of `values`, in seconds, within the bounds of `settings`; with no values that of "not found".
    static func seconds(of values: [HandleValue], _ settings: RecursionSettings, unixSeconds: Int64) -> UInt64 {
        guard let least = values.map({ seconds(of: $0, unixSeconds: unixSeconds) }).min() else {
            return settings.negativeTTLSeconds
        }
        return max(settings.ttlMinSeconds, min(least, settings.ttlMaxSeconds, secondsMax))
    }

    /// How long `value` is good from now on.
    private static func seconds(of value: HandleValue, unixSeconds: Int64) -> UInt64 {
        guard value.ttlType == 1 else { return UInt64(max(0, value.ttl)) }
        // A time of 32 bits, which goes on counting beyond 2038.
        return UInt64(max(0, Int64(UInt32(bitPattern: value.ttl)) - unixSeconds))
    }
}
