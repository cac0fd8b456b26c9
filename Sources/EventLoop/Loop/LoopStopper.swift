import CLibUV

/// Stops a loop from one of its own callbacks, where the `EventLoop` itself is lent to `run()`.
///
/// Valid on the loop's thread and while the loop lives.
package struct LoopStopper {
    let loop: UnsafeMutablePointer<uv_loop_t>

    /// Makes `run()` return after the callbacks of this turn.
    package func stop() {
        uv_stop(loop)
    }
}
