/// `[guardian]`: probing the nodes that prefixes are delegated to.
package struct GuardianSection: SettingSection {
    /// Whether it is done.
    package internal(set) var isEnabled = true
    /// From one probe of an address to the next.
    package internal(set) var interval = Duration.seconds(30)
    /// Probes in a row without an answer, after which an address is dead.
    package internal(set) var failures = 3
    /// Probes in a row with an answer, after which it lives again.
    package internal(set) var successes = 2
    /// Addresses that are probed.
    package internal(set) var addresses = 4_096

    static let keys: [SettingKey<GuardianSection>] = [
        .flag(
            "enabled",
            \.isEnabled,
            "Whether the servers of delegated prefixes are probed, and dead ones left out of referrals.",
            "是否探测已委派前缀的服务器，并在引荐中略去失效的地址。"
        ),
        .duration(
            "interval",
            .seconds(1)...(.seconds(3_600)),
            \.interval,
            "How often each address is probed; in doubt four times as often.",
            "每个地址的探测间隔；存疑时为其四分之一。"
        ),
        .integer(
            "failures",
            1...100,
            \.failures,
            "Probes in a row without an answer, after which an address is dead.",
            "连续多少次无应答后视为失效。"
        ),
        .integer(
            "successes",
            1...100,
            \.successes,
            "Probes in a row with an answer, after which it lives again.",
            "连续多少次有应答后视为恢复。"
        ),
        .integer(
            "addresses",
            1...16_384,
            \.addresses,
            "Addresses that are probed, UDP and TCP apart; those beyond are given out unprobed.",
            "探测地址数上限（UDP 与 TCP 分别计数）；超出者不探测，照常给出。"
        ),
    ]
}
