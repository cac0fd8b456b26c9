package import Cryptography

/// With which key a server's signatures are checked.
package enum SiteTrust: Sendable {
    /// The one that it shows itself (operation 2), asked for once: who answered then answers ever after.
    case shown
    /// This one.
    case known(PublicKey)
    /// None: nothing is checked.
    case unchecked
}
