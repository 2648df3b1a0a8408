/// What the drawing needs, as a script's literal of bounded size.
struct PageData {
    let text: String

    /// Cells of a lane; a screen has about as many columns.
    static var mostCells: Int { 1200 }
    /// More threads share lanes, those without overlap first.
    static var mostLanes: Int { 60 }

    init(_ diagnosis: Diagnosis) {
        let recording = diagnosis.recording
        var json = JSONText()
        json.object { json in
            json.add("cores", recording.processors)
            json.add("end", seconds(recording.duration))
            json.array("phases") { json in
                for phase in diagnosis.phases {
                    json.array { json in
                        json.add(nil, phase.slice.start)
                        json.add(nil, phase.slice.end)
                        json.add(nil, phase.verdict.word)
                        json.add(nil, phase.verdict.title)
                        json.add(nil, phase.seen)
                    }
                }
            }
            json.array("use") { json in
                for slice in diagnosis.slices {
                    json.array { json in
                        json.add(nil, slice.start)
                        let wall = max(slice.wall, 1e-12)
                        json.add(nil, (slice.received / wall * 1000).rounded() / 1000)
                        json.add(
                            nil, ((slice.wanted - slice.received) / wall * 1000).rounded() / 1000)
                    }
                }
            }
            json.array("lanes") { json in
                for lane in Lanes(recording, most: Self.mostLanes).lanes {
                    Self.add(lane, of: recording, to: &json)
                }
            }
        }
        text = json.text.replacing("\n", with: "").replacing("  ", with: "")
    }

    private static func add(_ lane: Lanes.Lane, of recording: Recording, to json: inout JSONText) {
        json.object { json in
            json.add("name", lane.name)
            json.add("note", "ran \(Figure.seconds(seconds(lane.ran)))")
            json.add("first", lane.isFirst)
            json.add("cells", LaneCells(lane, of: recording, most: mostCells).text)
        }
    }
}
