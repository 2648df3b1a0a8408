/// A diagnosis for programs to read.
public struct JSONReport: CustomStringConvertible {
    /// One JSON object with a line end.
    public let description: String

    /// Times are seconds, shares are parts of 1.
    public init(_ diagnosis: Diagnosis) {
        let recording = diagnosis.recording
        var json = JSONText()
        json.object { json in
            json.add("format", "tutti diagnosis 1")
            json.array("command") { json in
                for word in recording.command { json.add(nil, word) }
            }
            json.add("cores", recording.processors)
            json.add("wall", seconds(recording.duration))
            json.add("source", recording.source.rawValue)
            json.add("sourceReason", recording.sourceReason)
            switch recording.ending {
            case .running: json.add("ending", "running")
            case .exited(let code):
                json.add("ending", "exited")
                json.add("exitCode", Int(code))
            case .killed(let signal):
                json.add("ending", "killed")
                json.add("signal", Int(signal))
            }
            json.add("processes", Set(recording.threads.map(\.process)).count)
            json.add("threads", recording.threads.count)
            json.object("spans") { json in
                for kind in Recording.Span.Kind.allCases {
                    json.add(kind.rawValue, recording.spans.count { $0.kind == kind })
                }
                json.add("leftOut", recording.leftOutSpans)
            }
            json.add("lostRecords", recording.lost)
            json.add("recorderShare", recording.recorderShare)
            json.add("outsideLoad", diagnosis.whole.slice.outsideLoad)
            json.add("headline", TextReport.headline(diagnosis))
            json.object("whole") { Self.add(diagnosis.whole, to: &$0) }
            json.array("phases") { json in
                for phase in diagnosis.phases { json.object { Self.add(phase, to: &$0) } }
            }
        }
        description = json.text + "\n"
    }

    private static func add(_ finding: Diagnosis.Finding, to json: inout JSONText) {
        let slice = finding.slice
        json.add("verdict", finding.verdict.word)
        if let kind = finding.verdict.waitKind { json.add("waitsFor", kind.word) }
        if case .unsure(let doubt) = finding.verdict { json.add("doubt", doubt.rawValue) }
        json.add("seen", finding.seen)
        json.add("remedy", finding.remedy.action)
        json.add("principle", finding.remedy.principle)
        json.array("means") { json in
            for means in finding.remedy.means { json.add(nil, means) }
        }
        json.add("start", slice.start)
        json.add("end", slice.end)
        json.add("quiet", finding.prediction.now)
        json.add("after", finding.prediction.after)
        json.add("afterIfTenPercentStay", finding.prediction.after(serialShare: 0.1))
        json.add("afterIfThirtyPercentStay", finding.prediction.after(serialShare: 0.3))
        json.add("isBound", finding.prediction.isBound)
        json.object("measures") { json in
            for measure in Measure.allCases { json.add(measure.rawValue, measure.value(of: slice)) }
        }
        json.object("waits") { json in
            for (kind, tally) in slice.waits.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                json.object(kind.word) { json in
                    json.add("count", tally.count)
                    json.add("mean", tally.mean)
                    json.add("p95", tally.percentile(0.95))
                }
            }
        }
    }
}
