import Glibc

/// How many tests run at once: twice as many as processors, since some of them wait.
///
/// Without it Swift Testing starts all at once, more than a thousand. They take turns at two threads
/// then, and a test that awaits comes on a minute later: workers have retired by then, and limits that
/// catch hangs have passed. The variable is read before the first test, so it is set before `main`;
/// one that is set already is left as it is.
@section(".init_array") @used
private let limitTests: @convention(c) () -> Void = {
    let width = 2 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    setenv("SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH", "\(width)", 0)
}
