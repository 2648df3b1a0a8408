/// An error that says that too many jobs were in flight: a server's 429 or 503, a full queue.
///
/// When jobs fail with one, an automatic limit falls at once.
public protocol OverloadError: Error {}
