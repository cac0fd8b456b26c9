import Console
import Glibc
import Testing

struct InterruptionTests {
    /// C10. Only the first Ctrl-C: the second would end the process. In a process of its own, as the request stays.
    @Test func firstCtrlCIsARequest() async {
        await #expect(processExitsWith: .exitCode(42)) {
            Interruption.takeOn()
            guard !Interruption.isRequested else { exit(1) }
            // Threads of a pool have signals masked: let this one receive it, so that raise() returns after the
            // handler.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGINT)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            raise(SIGINT)
            exit(Interruption.isRequested ? 42 : 2)
        }
    }
}
