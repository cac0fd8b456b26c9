internal import NodeConfiguration

extension AdministrationOptions {
    /// Whether a running node is meant, where `--data` alone means the directory of one that is stopped.
    var isRunningNodeMeant: Bool {
        let choice = self.choice
        return local || choice[.data] == nil && (choice[.server] != nil || choice[.config] != nil)
    }
}
