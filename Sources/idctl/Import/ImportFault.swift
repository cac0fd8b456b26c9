internal import Console
internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Why a record that was read well is refused. The import command's own codes begin at 100.
enum ImportFault: Equatable {
    /// Its prefix is not kept by this node.
    case prefixNotHomed([UInt8])
    /// The name is no identifier.
    case notAnIdentifier(IdentifierError)
    /// The identifier is there already, with other values.
    case existing
    /// The same identifier stands in an earlier row.
    case duplicate(ofRow: UInt64)
    /// The store will not hold it.
    case refused(RefusalReason)
    /// The server refuses it.
    case server(ReceiptBook.Refusal)
    /// Data templates forbid it.
    case template(TemplateRefusal)

    init(_ refusal: ReceiptBook.Refusal) {
        self = refusal.code == .identifierExists ? .existing : .server(refusal)
    }

    init(_ reason: LoadConflict.Reason) {
        switch reason {
        case .existing: self = .existing
        case .duplicate(let row): self = .duplicate(ofRow: row)
        case .keyCollision: self = .refused(.keyCollision)
        }
    }

    /// The stable code.
    var code: String {
        switch self {
        case .prefixNotHomed: "E-IMPORT-100"
        case .notAnIdentifier: "E-IMPORT-101"
        case .existing: "E-IMPORT-102"
        case .duplicate: "E-IMPORT-103"
        case .refused(.keyCollision): "E-IMPORT-104"
        case .refused(.tooManyValues): "E-IMPORT-105"
        case .refused(.tooLarge): "E-IMPORT-106"
        case .refused(.noValues): "E-IMPORT-107"
        case .refused(.invalidPrefix): "E-IMPORT-108"
        case .refused(.prefixInUse): "E-IMPORT-109"
        case .server(let refusal): Self.code(of: refusal.code)
        case .template: "E-IMPORT-115"
        }
    }

    /// What happened and what to do about it.
    var text: LocalizedText {
        switch self {
        case .prefixNotHomed(let prefix):
            LocalizedText(
                english:
                    "this node does not keep the prefix \(TerminalText.safe(prefix)); home it, or use --home-prefixes",
                chinese: "本节点未托管前缀 \(TerminalText.safe(prefix))；请先托管该前缀，或使用 --home-prefixes"
            )
        case .notAnIdentifier(let error):
            LocalizedText(
                english: "not an identifier: \(IdentifierWording.text(error).english); correct it",
                chinese: "不是标识：\(IdentifierWording.text(error).chinese)；请改正"
            )
        case .existing:
            LocalizedText(
                english: "the identifier exists with other values; use --on-conflict update to replace them",
                chinese: "标识已存在且值不同；如需替换请使用 --on-conflict update"
            )
        case .duplicate(let row):
            LocalizedText(
                english: "the identifier stands in row \(row) already; remove one",
                chinese: "第 \(row) 条已有该标识；请删除其中一条"
            )
        case .refused(let reason): Self.text(of: reason)
        case .server(let refusal): Self.text(of: refusal)
        case .template(let refusal): TemplateWording.text(refusal)
        }
    }

    /// One code for each kind of refusal, so that those of a kind are told together.
    private static func code(of code: ResponseCode) -> String {
        switch code {
        case .notResponsible, .serviceReferral, .prefixReferral: "E-IMPORT-121"
        case .notAdministrator, .insufficientPermission: "E-IMPORT-122"
        case .error, .requestLimitReached, .registrationLimitReached, .prefixLimitReached: "E-IMPORT-123"
        case .invalidIdentifier, .invalidValue, .valueExists: "E-IMPORT-124"
        case .serverBusy: "E-IMPORT-125"
        default: "E-IMPORT-120"
        }
    }

    private static func text(of refusal: ReceiptBook.Refusal) -> LocalizedText {
        let meaning = ResponseMeaning.text(of: refusal.code)
        let said = refusal.text.isEmpty ? "" : ": " + TerminalText.safe(refusal.text)
        let advice = Self.advice(on: refusal.code)
        let code = refusal.code.rawValue
        return LocalizedText(
            english: "the server refuses it: \(meaning.english) (code \(code))\(said)"
                + (advice.map { "; " + $0.english } ?? ""),
            chinese: "服务器拒绝：\(meaning.chinese)（响应码 \(code)）\(said)" + (advice.map { "；" + $0.chinese } ?? "")
        )
    }

    /// What whoever has the file can do about it; nil: all that is known is the server's own text.
    private static func advice(on code: ResponseCode) -> LocalizedText? {
        switch code {
        case .notResponsible, .serviceReferral, .prefixReferral:
            LocalizedText(
                english: "correct the prefix, or have it allotted to you on this node",
                chinese: "请改正前缀，或请本节点的运维人员为您分配该前缀"
            )
        case .notAdministrator, .insufficientPermission:
            LocalizedText(
                english: "correct the prefix, or import the row with the key of who may",
                chinese: "请改正前缀，或用有权限者的密钥导入该行"
            )
        default: nil
        }
    }

    private static func text(of reason: RefusalReason) -> LocalizedText {
        switch reason {
        case .keyCollision:
            LocalizedText(
                english: "another long identifier has the same key; choose another name",
                chinese: "另一长标识的键与之相同；请更换名称"
            )
        case .tooManyValues:
            LocalizedText(english: "more than 2,048 values; split the record", chinese: "值超过 2048 个；请拆分")
        case .tooLarge:
            LocalizedText(
                english: "the record is larger than a message (256 KiB); shorten its values",
                chinese: "记录超过一个报文的长度（256 KiB）；请缩短值"
            )
        case .noValues:
            LocalizedText(english: "the record has no value; add one", chinese: "记录没有值；请添加")
        case .prefixInUse:
            LocalizedText(english: "the prefix still has identifiers", chinese: "前缀下仍有标识")
        case .invalidPrefix:
            LocalizedText(english: "the prefix is not valid; correct it", chinese: "前缀无效；请改正")
        }
    }

    /// The message with its place in the input.
    func message(row: Int, line: Int?, language: Language) -> String {
        switch language {
        case .english: "row \(row)" + (line.map { ", line \($0)" } ?? "") + ": " + text.english
        case .chinese: "第 \(row) 条" + (line.map { "，第 \($0) 行" } ?? "") + "：" + text.chinese
        }
    }
}
