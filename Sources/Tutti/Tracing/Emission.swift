internal import CTutti
internal import Synchronization

/// A span that has begun, if somebody traces.
///
/// A value of three words to keep until its ``end()``, also over an `await`: the thread that ends it may
/// be another one.
@usableFromInline
package struct OpenSpan: Sendable {
    /// The tick at which it began; 0 when nobody traced.
    @usableFromInline let start: UInt64
    /// Which event its beginning was.
    @usableFromInline let beginning: UInt64
    @usableFromInline let what: UInt64

    @inlinable
    init(start: UInt64, beginning: UInt64, what: UInt64) {
        self.start = start
        self.beginning = beginning
        self.what = what
    }

    /// A span of which nobody will know.
    @inlinable static var unseen: OpenSpan { OpenSpan(start: 0, beginning: 0, what: 0) }

    /// Whether anybody would see a span.
    @inline(__always)
    package static var isSeen: Bool { tutti_is_tracing() != 0 }

    /// Begins a span without a name.
    @inline(__always)
    package static func begin(_ kind: Trace.Kind, number: Int? = nil) -> OpenSpan {
        guard tutti_is_tracing() != 0 else { return unseen }
        return traced(kind, name: 0, number, attempt: 0)
    }

    /// Begins a span under the name of a type.
    @inline(__always)
    package static func begin(
        _ kind: Trace.Kind, _ type: any Any.Type, number: Int? = nil, attempt: Int = 0
    ) -> OpenSpan {
        guard tutti_is_tracing() != 0 else { return unseen }
        return traced(kind, name: TraceNames.number(of: type), number, attempt: attempt)
    }

    /// Begins a span under a name.
    @inline(__always)
    package static func begin(
        _ kind: Trace.Kind, _ name: StaticString, number: Int? = nil
    ) -> OpenSpan {
        guard tutti_is_tracing() != 0 else { return unseen }
        return traced(kind, name: TraceNames.number(of: name), number, attempt: 0)
    }

    /// Begins a span of the program.
    @usableFromInline @inline(never)
    static func ofProgram(_ name: StaticString, _ number: Int?) -> OpenSpan {
        traced(.span, name: TraceNames.number(of: name), number, attempt: 0)
    }

    private static func traced(
        _ kind: Trace.Kind, name: UInt16, _ number: Int?, attempt: Int
    ) -> OpenSpan {
        let what = TraceEvent.what(kind, .begin, name: name, number: number, attempt: attempt)
        let (time, place) = Emission.write(what, 0, 0)
        return OpenSpan(start: time, beginning: place, what: what)
    }

    /// Ends the span.
    @inlinable @inline(__always)
    package func end() {
        guard start != 0 else { return }
        endTraced()
    }

    @usableFromInline @inline(never)
    func endTraced() {
        guard tutti_is_tracing() != 0 else { return }
        _ = Emission.write(what | TraceEvent.Phase.end.rawValue << 6, start, beginning)
    }
}

/// Leaves events in the memory of the calling process.
@usableFromInline
package enum Emission {
    /// Notes a moment of the program.
    @usableFromInline @inline(never)
    static func mark(_ name: StaticString, _ number: Int?) {
        let name = TraceNames.number(of: name)
        _ = write(TraceEvent.what(.mark, .moment, name: name, number: number), 0, 0)
    }

    /// Notes a moment.
    @inline(__always)
    package static func note(_ kind: Trace.Kind, number: Int?) {
        guard tutti_is_tracing() != 0 else { return }
        _ = write(TraceEvent.what(kind, .moment, number: number), 0, 0)
    }

    /// Writes an event; returns when it was, and its place among all of the process.
    ///
    /// The words first, then the state that says that they are there: release, for who copies.
    @inline(__always)
    static func write(_ what: UInt64, _ start: UInt64, _ beginning: UInt64) -> (UInt64, UInt64) {
        let pen = tutti_current_pen()
        guard let head = pen.pointee.head,
            pen.pointee.state & 0xFFFF < UInt64(TraceLayout.eventsInSheet)
        else { return writeOnNewSheet(what, start, beginning) }
        return write(pen, head, what, start, beginning)
    }

    @inline(__always)
    private static func write(
        _ pen: UnsafeMutablePointer<tutti_pen>, _ head: UnsafeMutablePointer<UInt64>,
        _ what: UInt64, _ start: UInt64, _ beginning: UInt64
    ) -> (UInt64, UInt64) {
        let state = pen.pointee.state
        guard let events = pen.pointee.events else { return (0, 0) }
        let event = UnsafeMutableRawPointer(
            events + Int(state & 0xFFFF) * TraceLayout.wordsInEvent
        ).assumingMemoryBound(to: Atomic<UInt64>.self)
        let time = tutti_ticks()
        event[0].store(time, ordering: .relaxed)
        event[1].store(what, ordering: .relaxed)
        event[2].store(start, ordering: .relaxed)
        event[3].store(beginning, ordering: .relaxed)
        pen.pointee.state = state &+ 1
        UnsafeMutableRawPointer(head).assumingMemoryBound(to: Atomic<UInt64>.self)[
            TraceLayout.SheetHead.state
        ].store(state &+ 1, ordering: .releasing)
        return (time, state)
    }

    @inline(never)
    private static func writeOnNewSheet(
        _ what: UInt64, _ start: UInt64, _ beginning: UInt64
    ) -> (UInt64, UInt64) {
        let pen = tutti_current_pen()
        guard let memory = Tracer.memory, memory.turnPage(of: pen), let head = pen.pointee.head
        else { return (0, 0) }
        return write(pen, head, what, start, beginning)
    }
}

/// The numbers of names, in the memory of the calling process.
enum TraceNames {
    /// The number of a type's name.
    @inline(__always)
    static func number(of type: any Any.Type) -> UInt16 {
        // The address of its metadata, which is one for each type and stays.
        let key = UInt(bitPattern: ObjectIdentifier(type))
        let known = tutti_known_name(key)
        return known != 0 ? known : Tracer.shared.number(of: key) { typeName(type) }
    }

    /// The number of a literal.
    @inline(__always)
    static func number(of literal: StaticString) -> UInt16 {
        // The address of its bytes; of a single scalar the scalar, where no address is.
        let key =
            literal.hasPointerRepresentation
            ? UInt(bitPattern: literal.utf8Start) : UInt(literal.unicodeScalar.value) | 1 << 63
        let known = tutti_known_name(key)
        return known != 0 ? known : Tracer.shared.number(of: key) { "\(literal)" }
    }
}
