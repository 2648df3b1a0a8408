import CTutti
import Glibc
import Testing

@testable import Tutti

@Suite struct ProcessorsTests {
    @Test func `the smallest number wins and names its rule`() {
        #expect(Processors(online: 8, affinity: 8, quota: nil).rule == .online)
        let pinned = Processors(online: 8, affinity: 3, quota: 4)
        #expect(pinned.count == 3)
        #expect(pinned.rule == .affinity)
        let limited = Processors(online: 8, affinity: 8, quota: 1.5)
        #expect(limited.count == 2)
        #expect(limited.rule == .quota)
    }

    @Test func `there is at least one processor whatever the system says`() {
        #expect(Processors(online: -1, affinity: -1, quota: 0.01).count == 1)
        #expect(Processors.usable.count >= 1)
    }

    @Test func `a thread knows its processor, before and after it yields it`() {
        let numbers = 0..<Int32(sysconf(Int32(_SC_NPROCESSORS_CONF)))
        #expect(numbers.contains(tutti_current_processor()))
        tutti_yield_processor()
        #expect(numbers.contains(tutti_current_processor()))
    }

    @Test func `a quota of a group above binds as well`() {
        let files = ["/a/cpu.max": "200000 100000\n", "/a/b/cpu.max": "max 100000\n"]
        let quota = ControlGroup.processorQuota(membership: "0::/a/b\n") { files[$0] }
        #expect(quota == 2)
    }

    @Test func `version 1 is read from the cpu controller`() {
        let files = [
            "/cpu/a/cpu.cfs_quota_us": "150000\n", "/cpu/a/cpu.cfs_period_us": "100000\n",
            "/cpu/cpu.cfs_quota_us": "-1\n", "/cpu/cpu.cfs_period_us": "100000\n",
        ]
        let membership = "4:memory:/x\n3:cpu,cpuacct:/a\n"
        #expect(ControlGroup.processorQuota(membership: membership) { files[$0] } == 1.5)
    }

    @Test(arguments: ["", "nonsense", "0::/", "0::/a\n", "::::\n"])
    func `no quota is found where none is written`(membership: String) {
        #expect(ControlGroup.processorQuota(membership: membership) { _ in "max 100000" } == nil)
        #expect(ControlGroup.processorQuota(membership: membership) { _ in "garbage" } == nil)
    }
}
