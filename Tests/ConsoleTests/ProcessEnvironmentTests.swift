import Console
import Glibc
import Testing

struct ProcessEnvironmentTests {
    @Test func emptyVariableIsSet() {
        let environment = ProcessEnvironment(["NO_COLOR": ""])
        #expect(environment["NO_COLOR"] == "")
        #expect(environment["TERM"] == nil)
    }

    @Test func ownEnvironmentIsRead() {
        let expected = getenv("LANG").map { String(cString: $0) }
        #expect(ProcessEnvironment.ofThisProcess()["LANG"] == expected)
    }
}
