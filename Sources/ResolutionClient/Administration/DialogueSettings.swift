/// How an asker administers.
package struct DialogueSettings: Sendable {
    /// Whether it logs in once and proves each message by a code, rather than each request by a challenge.
    package var usesSession = true
    /// Whether answers outside a session are to be signed.
    package var certifies = false
    /// With which key signatures are checked.
    package var trust = SiteTrust.shown
    /// The most requests that are under way at a time.
    package var inFlightMax = 1
    /// Seconds that a session may idle.
    package var sessionSeconds: UInt32 = 3_600

    /// The defaults: a session, one request at a time.
    package init() {}
}
