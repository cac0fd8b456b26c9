import CLibUV
import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import Transport
import TransportSuite

// One worker on core 0, one client on core 1, records in memory: what the transports themselves cost.
//
//     transport-bench udp|tcp REQUESTS [REQUESTS-IN-FLIGHT]
//
// Prints requests answered, and the processor time of the worker's thread and the wall clock per request. Under
// callgrind, the difference of two runs that differ in REQUESTS alone is what the requests cost.

let arguments = CommandLine.arguments
let isTCP = arguments.count > 1 && arguments[1] == "tcp"
let requestCount = arguments.count > 2 ? Int(arguments[2]) ?? 0 : 1_000_000
let inFlight = arguments.count > 3 ? Int(arguments[3]) ?? 32 : 32

let clock = WorkerClock()
var settings = TransportSettings()
settings.origins = [OriginRule(network: try NetworkPrefix(text: "127.0.0.0/8"), origin: .own)]
let node = try SampleNode(settings) { _ in
    _ = hanjiang_pin_thread(0)
    clock.adoptThisThread()
}
_ = hanjiang_pin_thread(1)

let client = try BenchClient(node.address, isTCP: isTCP, inFlight: inFlight)
// The first requests pay for memory that is used again and again afterwards.
_ = try client.run(inFlight * 100)
let cpuBefore = clock.nanoseconds()
let wallBefore = SystemClock.monotonicNanoseconds()
let answered = try client.run(requestCount)
let wall = SystemClock.monotonicNanoseconds() - wallBefore
let cpu = clock.nanoseconds() - cpuBefore
node.stop()

let perAnswer = Double(max(1, answered)) * 1_000
print("\(isTCP ? "tcp" : "udp"): \(answered) of \(requestCount) answered, \(inFlight) in flight")
print("worker CPU \(Double(cpu) / perAnswer) us, wall \(Double(wall) / perAnswer) us per answer")
