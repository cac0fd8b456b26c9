import Foundation
import PackagePlugin

/// Gives a program the commit it is built from, in a file of its own among what the build makes.
@main
struct BuildCommit: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let script = context.package.directoryURL.appending(path: "tools/write-commit")
        return [
            // Before every build: a commit changes nothing else that a build could see. The file changes only with it.
            .prebuildCommand(
                displayName: "Writing the commit of \(target.name)",
                executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: [script.path, context.pluginWorkDirectoryURL.path],
                outputFilesDirectory: context.pluginWorkDirectoryURL
            )
        ]
    }
}
