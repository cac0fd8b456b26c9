package import Resolution

/// Where workers leave requests that take more than a look-up.
package protocol AdministrationPort: AnyObject, Sendable {
    /// Takes a request; false when there is no room for it, so that it is answered with code 3.
    func take(_ request: AdministrationRequest) -> Bool

    /// Says that a connection of which requests were left here is gone.
    func connectionClosed(_ number: UInt64)
}
