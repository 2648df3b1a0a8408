public import CTutti

/// A closure that does not escape, seen as its two words, so that another thread can call it.
///
/// The rejected alternative is `withoutActuallyEscaping`: the same with a heap allocation and its
/// reference counts at each join, several times the cost of the join itself.
///
/// What this relies on, and nothing else: a Swift closure `() -> Void` is passed as a code pointer
/// and a context pointer, and is called with the context in the register that Clang's
/// `swift_context` names. Clang documents both for C code that Swift calls. A test guards it.
@usableFromInline
struct NonescapingClosure {
    @usableFromInline let words: tutti_closure

    /// Takes the words of `body`; whoever calls them must do so before `body`'s scope ends.
    @inlinable @inline(__always)
    init(_ body: () -> Void) {
        words = closureWords(body)
    }

    /// Runs the closure.
    ///
    /// Safety: the function that made this value received `body` as a parameter and has not yet
    /// returned. Until then its caller keeps the context and all that it captured alive, and has
    /// to assume that the captured variables are read and written, since it cannot see inside.
    func callAsFunction() {
        tutti_call_closure(words)
    }
}

/// Splits a closure into its words; see closure.c.
@usableFromInline @_silgen_name("tutti_closure_words")
func closureWords(_ body: () -> Void) -> tutti_closure
