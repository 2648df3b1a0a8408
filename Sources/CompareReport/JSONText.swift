internal import TuttiDiagnosis

/// The JSON text of a comparison, for other programs and for eyes.
///
/// Keys come in the order in which people read them, two spaces an indentation; a number that JSON
/// cannot say (infinite or not a number) becomes `null`.
public struct JSONText: Sendable, CustomStringConvertible {
    /// The text, with a newline at its end.
    public let description: String

    /// Writes a comparison.
    public init(_ comparison: Comparison) {
        var text = ""
        Self.value(of: comparison).write(to: &text, indentation: "")
        description = text + "\n"
    }

    // Not Foundation's JSONEncoder: it sorts keys by letter or not at all, and would be the only
    // reason for the command to load Foundation.
    indirect enum Value {
        case null
        case integer(Int)
        case number(Double)
        case string(String)
        case array([Value])
        case object([(key: String, value: Value)])

        func write(to text: inout String, indentation: String) {
            switch self {
            case .null: text += "null"
            case .integer(let integer): text += "\(integer)"
            case .number(let number): text += number.isFinite ? "\(number)" : "null"
            case .string(let string): text += Quoted.json(string)
            case .array(let values):
                Self.list(values, "[", "]", to: &text, indentation) { value, inner, text in
                    value.write(to: &text, indentation: inner)
                }
            case .object(let members):
                Self.list(members, "{", "}", to: &text, indentation) { member, inner, text in
                    text += Quoted.json(member.key) + ": "
                    member.value.write(to: &text, indentation: inner)
                }
            }
        }

        private static func list<Element>(
            _ elements: [Element], _ open: String, _ close: String, to text: inout String,
            _ indentation: String, write: (Element, String, inout String) -> Void
        ) {
            text += open
            let inner = indentation + "  "
            for (index, element) in elements.enumerated() {
                text += (index == 0 ? "\n" : ",\n") + inner
                write(element, inner, &text)
            }
            text += elements.isEmpty ? close : "\n" + indentation + close
        }
    }

    private static func value(of comparison: Comparison) -> Value {
        .object([
            ("cores", .integer(comparison.cores)),
            ("workloads", .array(comparison.workloads.map(value))),
        ])
    }

    private static func value(of workload: WorkloadResult) -> Value {
        .object([
            ("name", .string(workload.name)),
            ("jobs", .integer(workload.jobs)),
            ("runs", .array(workload.runs.map(value))),
        ])
    }

    private static func value(of run: RunResult) -> Value {
        let members: [(RunResult.CodingKeys, Value)] = [
            (.executor, .string(run.executor)),
            (.wall, .number(run.wall)),
            (.cpu, .number(run.cpu)),
            (.speedup, run.speedup.map(Value.number) ?? .null),
            (.coresUsed, .number(run.coresUsed)),
            (.inFlightMean, .number(run.inFlightMean)),
            (.inFlightMax, .integer(run.inFlightMax)),
            (.voluntarySwitches, .integer(run.voluntarySwitches)),
            (.involuntarySwitches, .integer(run.involuntarySwitches)),
            (.peakMemory, .number(run.peakMemory)),
            (.digest, .string(run.digest)),
        ]
        return .object(members.map { ($0.0.rawValue, $0.1) })
    }
}
