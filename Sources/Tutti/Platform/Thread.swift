internal import CTutti
internal import Glibc

/// A thread of the operating system.
struct Thread: ~Copyable, Sendable {
    private let handle: pthread_t

    /// Starts a thread that runs `body` once.
    ///
    /// - Parameters:
    ///   - name: as `top -H` and `/proc` show it; the kernel keeps 15 bytes.
    ///   - stackSize: bytes of address space; memory is used only as it is touched.
    ///   - body: runs on the new thread, once.
    /// - Throws: ``SystemError`` when the system has no thread left (limits, memory).
    init(
        name: String,
        stackSize: Int = 8 << 20,
        _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        final class Start {
            let name: String
            let body: @Sendable () -> Void
            init(name: String, body: @escaping @Sendable () -> Void) {
                self.name = name
                self.body = body
            }
        }
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var handle = pthread_t()
        let result = pthread_create(
            &handle, &attributes,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                tutti_name_thread(start.name)
                start.body()
                return nil
            }, start.toOpaque())
        guard result == 0 else {
            start.release()
            throw SystemError("pthread_create", code: result, subject: name)
        }
        self.handle = handle
    }

    /// Waits until the thread has ended.
    consuming func join() {
        pthread_join(handle, nil)
    }

    /// Lets the thread end by itself; nobody will wait for it.
    consuming func detach() {
        pthread_detach(handle)
    }

    /// The kernel's number of the calling thread, as in `/proc/self/task`.
    static var currentID: Int32 { tutti_thread_id() }
}
