internal import Console
internal import Glibc

/// From the process's arguments to its exit code.
@main
enum Program {
    static func main() {
        StandardOutput.ignoreClosedPipes()
        let logins = Logins()
        let environment = ProcessEnvironment.ofThisProcess(SettingsReading.variables)
        let invocation = Invocation(
            Array(CommandLine.arguments.dropFirst()),
            environment: environment,
            logins: logins
        )
        let exit = invocation.run()
        logins.end()
        Glibc.exit(exit.rawValue)
    }
}
