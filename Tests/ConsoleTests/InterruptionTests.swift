import Console
import Glibc
import Testing

struct InterruptionTests {
    /// C10. Only the first Ctrl-C: the second would end the tests.
    @Test func firstCtrlCIsARequest() {
        Interruption.takeOn()
        #expect(!Interruption.isRequested)
        // Threads of a pool have signals masked: let this one receive it, so that raise() returns after the handler.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(SIGINT)
        #expect(Interruption.isRequested)
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}
