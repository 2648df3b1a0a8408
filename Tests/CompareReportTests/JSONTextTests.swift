import CompareReport
import Foundation
import Testing

@Suite struct JSONTextTests {
    @Test func `what is written is read back the same`() throws {
        let data = Data(JSONText(Samples.comparison).description.utf8)
        #expect(try JSONDecoder().decode(Comparison.self, from: data) == Samples.comparison)
    }

    @Test func `the text is exactly this`() {
        var run = Samples.run("cores", wall: 1.5, cpu: 3, inFlight: 2)
        run.digest = "a\"\\\n\u{1}é"
        let comparison = Comparison(
            cores: 2, workloads: [WorkloadResult(name: "frames", jobs: 96, runs: [run])])
        let expected = #"""
            {
              "cores": 2,
              "workloads": [
                {
                  "name": "frames",
                  "jobs": 96,
                  "runs": [
                    {
                      "executor": "cores",
                      "wall_s": 1.5,
                      "cpu_s": 3.0,
                      "speedup": null,
                      "cores_used": 2.0,
                      "in_flight_mean": 1.94,
                      "in_flight_max": 2,
                      "switches_voluntary": 600,
                      "switches_involuntary": 25,
                      "peak_memory_mb": 18.5,
                      "digest": "a\"\\\n\u0001é"
                    }
                  ]
                }
              ]
            }

            """#
        #expect(JSONText(comparison).description == expected)
    }

    @Test func `Codable has the same keys and reads a speed-up of null or none`() throws {
        let run = Samples.run("cores", wall: 1.5, cpu: 3, speedup: 2)
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(run))
        let keys = try #require(object as? [String: Any]).keys.sorted()
        #expect(
            keys == [
                "cores_used", "cpu_s", "digest", "executor", "in_flight_max", "in_flight_mean",
                "peak_memory_mb", "speedup", "switches_involuntary", "switches_voluntary", "wall_s",
            ])
        let unmeasured = Samples.run("cores", wall: 1.5, cpu: 3)
        let without = try JSONEncoder().encode(unmeasured)
        #expect(try JSONDecoder().decode(RunResult.self, from: without) == unmeasured)
    }

    @Test func `no workloads are an empty list and infinity is null`() {
        let empty = Comparison(cores: 1, workloads: [])
        #expect(JSONText(empty).description == "{\n  \"cores\": 1,\n  \"workloads\": []\n}\n")
        let run = Samples.run("cores", wall: .infinity, cpu: .nan)
        let odd = Comparison(
            cores: 1, workloads: [WorkloadResult(name: "", jobs: 0, runs: [run])])
        #expect(JSONText(odd).description.contains("\"wall_s\": null"))
    }
}
