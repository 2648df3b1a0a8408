#pragma once

/// A Swift closure of the type `() -> Void`, as the two words that Swift passes.
typedef struct {
    void *code;
    void *context;
} tutti_closure;

/// Calls the closure.
void tutti_call_closure(tutti_closure closure);
