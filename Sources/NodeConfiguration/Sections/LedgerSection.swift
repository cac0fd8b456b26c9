/// `[ledger]`: the daily totals of resolutions, chained and signed.
package struct LedgerSection: SettingSection {
    /// By what a key is made where there is none.
    package enum Algorithm: String, SettingChoice {
        case ed25519
        case sm2
    }

    /// Whether days are closed.
    package internal(set) var isEnabled = true
    /// The private key that signs (PEM, Ed25519 or SM2); empty: the site's where it is one of these, else
    /// `ledger.key` in the data directory, which is made when it is not there.
    package internal(set) var key = ""
    /// What such a key is made for.
    package internal(set) var algorithm = Algorithm.ed25519
    /// How long after a day's end it is closed.
    package internal(set) var closeAfter: Duration = .seconds(600)
    /// The number of resolutions whose day `idctl ledger forecast` tells.
    package internal(set) var target = 2_000_000_000
    /// The share of a day's queries from outside, in percent, over which one source network is warned of.
    package internal(set) var sourceShareMax = 20

    static let keys: [SettingKey<LedgerSection>] = [
        .flag("enabled", \.isEnabled, "Whether each day is closed with a signed entry.", "是否每日以签名条目结账。"),
        .text(
            "key",
            \.key,
            "Private key (PEM, Ed25519 or SM2); empty: the site's where it fits, else ledger.key beside the data.",
            "签名私钥（PEM，Ed25519 或 SM2）；空表示适用时用站点密钥，否则用数据目录中的 ledger.key。"
        ),
        .choice(
            "algorithm",
            \.algorithm,
            "What ledger.key is made for: \"ed25519\" or \"sm2\".",
            "新建 ledger.key 的算法：\"ed25519\" 或 \"sm2\"。"
        ),
        .duration(
            "close_after",
            .seconds(120)...(.seconds(21_600)),
            \.closeAfter,
            "How long after its end a day is closed.",
            "日终后多久结账。"
        ),
        .integer(
            "target",
            1...1_000_000_000_000_000,
            \.target,
            "The number of resolutions that the forecast is of.",
            "预测所针对的解析量目标。"
        ),
        .integer(
            "source_share_max",
            1...100,
            \.sourceShareMax,
            "Percent of a day's queries from outside over which one source network is warned of.",
            "单个来源网段占当日外部请求的百分比，超过即告警。"
        ),
    ]
}
