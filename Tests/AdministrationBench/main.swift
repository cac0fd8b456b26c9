import Authentication
import Cryptography
import EventLoop
import Glibc
import ResolutionClient
import ResolutionProtocol

// What administration costs: creates in authenticated sessions (a log-in for each connection, a code for each message),
// and log-ins by every kind of key, against a running node. Prints a line of JSON for each case.
//
//     administration-bench HOST:PORT CONTROL-SOCKET [CREATES [LOG-INS]]
//
// CREATES with one request outstanding; ten times as many over 64 connections, pipelined and in batches.
//
//     administration-bench HOST:PORT CONTROL-SOCKET load slow|registration|large SECONDS
//     administration-bench HOST:PORT CONTROL-SOCKET load names COUNT
//     administration-bench HOST:PORT CONTROL-SOCKET load handshakes COUNT TLS-HOST:PORT
//     administration-bench burn SHARE SECONDS THREADS BURSTS
//                                        takes that much of the processors (1.5 is one and a half), for so many
//                                        milliseconds at a time; of 4,1 the first thread takes 4, the second 1 …
//     administration-bench certificate DIRECTORY   writes node.pem and node.key, for [tls]
//
// A load that goes on for a time (SustainedLoad), for measuring what it does to resolution.

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "certificate" {
    try BenchCertificate.write(to: CommandLine.arguments[2])
    exit(0)
}
if CommandLine.arguments.count == 6, CommandLine.arguments[1] == "burn",
    let share = Double(CommandLine.arguments[2]), let seconds = Double(CommandLine.arguments[3]),
    let threads = Int(CommandLine.arguments[4]),
    case let bursts = CommandLine.arguments[5].split(separator: ",").compactMap({ Double($0) }), !bursts.isEmpty
{
    try ProcessorLoad.burn(share: share, seconds: seconds, threads: threads, bursts: bursts)
    exit(0)
}
guard CommandLine.arguments.count > 2, let server = try? SocketAddress(text: CommandLine.arguments[1]) else {
    print("usage: administration-bench HOST:PORT CONTROL-SOCKET [CREATES [LOG-INS]]")
    exit(64)
}
let arguments = CommandLine.arguments
let count = arguments.count > 3 ? Int(arguments[3]) ?? 5_000 : 5_000
let loginCount = arguments.count > 4 ? Int(arguments[4]) ?? 500 : 500

/// Says what was wrong, and ends.
func fail(_ what: String) -> Never {
    print(what)
    exit(1)
}

let owner = try BenchOwner()
try owner.register(ControlClient(path: arguments[2]))
let question = Message.request(.getSiteInfo, body: .name(.unnamed))
guard case .siteInfo(let site) = try BlockingClient(server: server, transport: .tcp).ask(question).body,
    let data = site.servers.first?.publicKey
else { fail("the node shows no key") }
let bench = AdministrationBench(server: server, owner: owner, siteKey: try PublicKey.registered(data))

if arguments.count > 5, arguments[3] == "load", let amount = Int(arguments[5]) {
    let secureServer = arguments.count > 6 ? try SocketAddress(text: arguments[6]) : server
    guard let result = try SustainedLoad(bench: bench, secureServer: secureServer).run(arguments[4], amount: amount)
    else {
        fail("no such load: \(arguments[4])")
    }
    print(result.line)
    print("{\"cpuSeconds\":\(ProcessorLoad.ownSeconds)}")
    exit(result.failures == 0 ? 0 : 1)
}

var failureCount = 0
/// Prints a result and returns how much of it failed.
func shown(_ result: BenchResult) -> Int {
    print(result.line)
    fflush(nil)
    return result.failures
}

for key in owner.keys { failureCount += shown(try bench.logins(key, connections: 8, count: loginCount)) }
failureCount += shown(try bench.singly(connections: 1, count: count))
failureCount += shown(try bench.singly(connections: 64, count: count * 10))
failureCount += shown(try bench.pipelined(inFlight: 256, count: count * 10))
failureCount += shown(try bench.applied(rowsPerMessage: 500, inFlight: 2, count: count * 10))
exit(failureCount == 0 ? 0 : 1)
