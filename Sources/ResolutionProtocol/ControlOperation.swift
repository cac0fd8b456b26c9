/// What the control socket can be asked (docs/protocol-extensions.md): the same framing as the public protocol, with
/// operations of our own that no other transport carries.
package enum ControlOperation: UInt32, Sendable, CaseIterable {
    /// State of the node, as JSON.
    case status = 9_100
    /// Counts of a day (argument `yyyy-MM-dd`; empty: today), as a `CountReport` in wire form.
    case counts = 9_101
    /// Metrics in the text format of Prometheus.
    case metrics = 9_102
    /// Read the configuration again and go by it as far as a running node can; say what changed and what needs a
    /// restart, or what is wrong.
    case reload = 9_103
    /// Take nothing new, answer what has come, and end.
    case drain = 9_104
    /// Carry out the message of the public protocol that is the argument, as the node's operator; its answer comes back
    /// as bytes.
    case administer = 9_105
    /// Set the terms of a prefix, or withdraw it: a `PrefixOrder` in wire form.
    case prefix = 9_106
    /// The resolution ledger: a `LedgerQuestion` in wire form.
    case ledger = 9_107
    /// The addresses that the route guardian watches and how they stand, as JSON.
    case guardian = 9_108
    /// Reports of other nodes: a `ReportQuestion` in wire form.
    case reports = 9_110

    /// Its number as the operation of a message.
    package var opCode: OpCode { OpCode(rawValue: rawValue) }
}
