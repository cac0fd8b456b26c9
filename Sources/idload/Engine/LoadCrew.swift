internal import EventLoop
internal import Glibc
internal import Synchronization

/// The sender threads of a run: each is an engine with its share of the plan, its own sockets and its own counts, and
/// they meet at the end only, and once a second.
struct LoadCrew {
    private let plan: LoadPlan
    private let questions: QuestionSet
    /// Of each thread, in the order of the targets.
    private let carriers: [[any LoadCarrier]]

    /// Opens what all threads ask through; throws where that is not to be had.
    init(plan: LoadPlan, questions: QuestionSet) throws(UnreachableTarget) {
        self.plan = plan
        self.questions = questions
        var carriers: [[any LoadCarrier]] = []
        let count = max(1, plan.threadCount)
        for number in 0..<count {
            carriers.append(try LoadEngine.open(plan, share: ThreadShare(number: number, count: count)))
        }
        self.carriers = carriers
    }

    private init(_ other: LoadCrew, _ loop: LoadPlan.Loop) {
        var plan = other.plan
        plan.loop = loop
        self.plan = plan
        questions = other.questions
        carriers = other.carriers
    }

    /// The same crew, with the same sockets, for another run after this one.
    func again(_ loop: LoadPlan.Loop) -> LoadCrew { LoadCrew(self, loop) }

    /// What was written, each with its target's place in the plan.
    var books: [(target: Int, book: WriteBook)] {
        carriers.flatMap { carriers in
            carriers.enumerated().compactMap { place, carrier in
                (carrier.ownQuestions as? WriteBook).map { (place, $0) }
            }
        }
    }

    /// Takes leave of all targets.
    func end() {
        for carrier in carriers.joined() { carrier.end() }
    }

    /// Runs, and calls `eachSecond` on the calling thread for each second of all threads together. One thread is the
    /// calling one; where the system gives fewer than were planned it throws.
    func run(eachSecond: (_ second: LoadSecond) -> Void) throws(EventLoopError) -> LoadResult {
        guard carriers.count > 1 else {
            let engine = LoadEngine(plan: plan, questions: questions, carriers: carriers[0])
            return engine.run(eachSecond: eachSecond)
        }
        let meeting = CrewMeeting(threadCount: carriers.count)
        var threads: [NamedThread] = []
        for (number, carriers) in carriers.enumerated() {
            let share = ThreadShare(number: number, count: self.carriers.count)
            let part = CrewPart(plan: plan, questions: questions, carriers: carriers, share: share, meeting: meeting)
            do throws(EventLoopError) {
                threads.append(try NamedThread(name: "sender \(number)", pace: .prompt) { part.run() })
            } catch {
                meeting.callOff()
                for thread in threads { thread.join() }
                throw error
            }
        }
        var seconds = SecondSum(threadCount: threads.count)
        while let posts = meeting.takePosts() {
            for post in posts { seconds.take(post, eachSecond) }
        }
        for thread in threads { thread.join() }
        return meeting.result ?? LoadResult(channels: [], seconds: 0, wasInterrupted: true, wasRefused: false)
    }
}

/// What one thread is given.
///
/// Unchecked: carriers go over to the thread and are nobody else's; the questions no longer change.
private struct CrewPart: @unchecked Sendable {
    let plan: LoadPlan
    let questions: QuestionSet
    let carriers: [any LoadCarrier]
    let share: ThreadShare
    let meeting: CrewMeeting

    func run() {
        let engine = LoadEngine(plan: plan, questions: questions, carriers: carriers, share: share) {
            meeting.waitForStart()
        }
        let result = engine.run { second in meeting.post(.second(second, thread: share.number)) }
        meeting.post(.ended(thread: share.number))
        meeting.end(result)
    }
}
