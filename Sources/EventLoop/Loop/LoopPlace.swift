import CLibUV

/// A name for a loop under which its own callbacks may open sockets on it, where the `EventLoop` itself is lent to
/// `run()`.
///
/// Valid on the loop's thread and while the loop lives.
package struct LoopPlace {
    let loop: UnsafeMutablePointer<uv_loop_t>
}

extension EventLoop {
    /// A name for this loop that callbacks may keep, to open more on it.
    package borrowing func place() -> LoopPlace { LoopPlace(loop: loop) }
}
