public import Cryptography

/// Why the data of an `HS_PUBKEY` value gives no key that verifies.
public enum KeyRecordError: Error, Hashable, Sendable {
    /// In none of the forms that keys are registered in.
    case notAKey
    /// A key that verifies nothing here (`DH_PUB_KEY`, `SM9_PUB_KEY`, others): its algorithm.
    case unsupportedAlgorithm([UInt8])
    /// The form is right, and the key is not.
    case key(KeyError)
}
