/// A command that may be told, by `-`, to read standard input or to write to standard output. In a script these may be
/// in use: the script comes from the one, or lines of JSON go to the other.
protocol StreamUsing: IdctlCommand {
    /// The files that it reads, as the user named them.
    var inputs: [String?] { get }
    /// The files that it writes past its `Session`, each with the flag that names it.
    var outputs: [(flag: String, path: String?)] { get }
}

extension StreamUsing {
    var inputs: [String?] { [] }
    var outputs: [(flag: String, path: String?)] { [] }
}

extension ImportCommand: StreamUsing {
    var inputs: [String?] { [file, input.mapping, dataTemplate] }
    var outputs: [(flag: String, path: String?)] { [("--rejects", rejects), ("--receipts", wire.receipts)] }
}

extension VerifyCommand: StreamUsing {
    var inputs: [String?] { [file, input.mapping, dataTemplate] }
}

extension ExportCommand: StreamUsing {
    var outputs: [(flag: String, path: String?)] { [("--output", output)] }
}

extension BackupCommand: StreamUsing {
    var outputs: [(flag: String, path: String?)] { [("--to", to)] }
}

extension RestoreCommand: StreamUsing {
    var inputs: [String?] { [file] }
}

extension IdentifierCreateCommand: StreamUsing {
    var inputs: [String?] { [values.from] }
}

extension IdentifierSetCommand: StreamUsing {
    var inputs: [String?] { [values.from] }
}

extension KeyShowCommand: StreamUsing {
    var inputs: [String?] { [file] }
}

extension PrefixHomeCommand: StreamUsing {
    var inputs: [String?] { [choice.from] }
}

extension PrefixUnhomeCommand: StreamUsing {
    var inputs: [String?] { [choice.from] }
}

extension PrefixDelegateCommand: StreamUsing {
    var inputs: [String?] { [choice.from] }
}

extension PrefixHostCommand: StreamUsing {
    var inputs: [String?] { [choice.from] }
}

extension PrefixEnableCommand: StreamUsing {
    var inputs: [String?] { [choice.from] }
}

extension PrefixDisableCommand: StreamUsing {
    var inputs: [String?] { [choice.from] }
}

extension PrefixLimitCommand: StreamUsing {
    var inputs: [String?] { [choice.from] }
}

extension TemplateCreateCommand: StreamUsing {
    var inputs: [String?] { [file] }
}

extension TemplateCheckCommand: StreamUsing {
    var inputs: [String?] { [file] }
}

extension TemplateUpdateCommand: StreamUsing {
    var inputs: [String?] { [file] }
}
