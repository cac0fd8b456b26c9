extension AdministrationOptions {
    /// Whether a running node is meant, where `--data` alone means the directory of one that is stopped.
    var isRunningNodeMeant: Bool { local || data == nil && (server != nil || config != nil) }
}
