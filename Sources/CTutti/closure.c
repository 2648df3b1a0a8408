#include "include/closure.h"

// Clang knows Swift's calling convention: `swiftcall`, with the closure's context in the register
// that `swift_context` names. https://clang.llvm.org/docs/AttributeReference.html#swiftcall

// Swift declares this with one parameter, `() -> Void`, which it passes as two words.
// Not in the header, so that nobody can call it with any other two.
__attribute__((swiftcall)) tutti_closure tutti_closure_words(void *code, void *context) {
    return (tutti_closure){code, context};
}

void tutti_call_closure(tutti_closure closure) {
    typedef __attribute__((swiftcall)) void (*function)(__attribute__((swift_context)) void *);
    ((function)closure.code)(closure.context);
}
