internal import CTutti

/// Asks for large pages behind a big buffer that is about to be filled.
///
/// A fresh buffer comes from the kernel page by page as it is touched; with pages of 4 KiB that
/// takes longer than a simple loop over it. Where the system gives large pages only to those who
/// ask (`madvise`, the default of most distributions), asking makes such a loop bound by memory.
/// Advice only: nothing depends on whether it is followed.
@usableFromInline
func adviseLargePages<Element>(_ buffer: UnsafeMutableBufferPointer<Element>) {
    let bytes = UnsafeMutableRawBufferPointer(buffer)
    // Below a few large pages their alignment eats what they save.
    guard bytes.count >= 8 << 20 else { return }
    tutti_advise_large_pages(bytes.baseAddress, bytes.count)
}
