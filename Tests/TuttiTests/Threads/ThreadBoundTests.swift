import Testing

@testable import Tutti

@Suite struct ThreadBoundTests {
    private func bound(
        maximum: Int = 4096, descriptors: Int? = nil, addressSpace: Int? = nil,
        memory: Int? = nil, tasks: Int? = nil
    ) -> ThreadBound {
        ThreadBound(
            maximum: maximum, descriptors: descriptors, addressSpace: addressSpace,
            memory: memory, tasks: tasks, stackSize: 8 << 20)
    }

    @Test func `the smallest rule wins and is named`() {
        #expect(bound().description == "4096 (maximum given)")
        #expect(bound(descriptors: 1024).description == "512 (descriptors)")
        #expect(bound(addressSpace: 1 << 30).description == "64 (address space)")
        #expect(bound(memory: 512 << 20).description == "1024 (memory)")
        #expect(bound(tasks: 100).description == "50 (tasks)")
        #expect(bound(maximum: 10, descriptors: 1024, tasks: 100).rule == .maximum)
    }

    @Test func `there is at least one thread whatever the system says`() {
        #expect(bound(descriptors: 0, addressSpace: 0, memory: 0, tasks: 0).count == 1)
        #expect((1...3).contains(ThreadBound(maximum: 3).count))
    }

    @Test func `a limit of a group above binds as well`() {
        let files = ["/a/memory.max": "1000\n", "/a/b/memory.max": "max\n", "/memory.max": "x"]
        #expect(GroupLimit.memory.smallest(membership: "0::/a/b\n") { files[$0] } == 1000)
        #expect(GroupLimit.tasks.smallest(membership: "0::/a/b\n") { files[$0] } == nil)
    }

    @Test func `version 1 is read from its controller`() {
        let files = [
            "/memory/a/memory.limit_in_bytes": "2000\n", "/pids/memory.limit_in_bytes": "1\n",
            "/pids/b/pids.max": "30\n",
        ]
        let membership = "9:pids:/b\n4:memory:/a\n3:cpu,cpuacct:/a\n"
        #expect(GroupLimit.memory.smallest(membership: membership) { files[$0] } == 2000)
        #expect(GroupLimit.tasks.smallest(membership: membership) { files[$0] } == 30)
    }

    @Test(arguments: ["", "nonsense", "0::/", "::::\n"])
    func `no limit is found where none is written`(membership: String) {
        #expect(GroupLimit.memory.smallest(membership: membership) { _ in "max" } == nil)
        #expect(GroupLimit.memory.smallest(membership: membership) { _ in nil } == nil)
    }
}
