import BenchmarkScenes
import Tutti

/// The tiny job of most rows.
struct Increment: Job, PackedValue {
    let number: Int

    func run() -> Int { number + 1 }
}

/// The same for the coder.
struct CodedIncrement: Job {
    let number: Int

    func run() -> Int { number + 1 }
}

/// Takes an array and gives one.
struct AddOne: Job {
    let floats: [Float]

    func run() -> [Float] { floats.map { $0 + 1 } }
}

/// Works where the array lies.
struct AddOneInPlace: Job {
    let floats: SharedArray<Float>

    func run() -> Int {
        floats.withMutableSpan { floats in
            for index in floats.indices { floats[unchecked: index] += 1 }
        }
        return floats.count
    }
}

/// One of the frames that `tutti compare` renders.
struct RenderFrame: Job {
    let number: Int

    func run() async -> [UInt8] {
        await computing { CornellBox().render(frame: number).pixels }
    }
}
