import ArgumentParser
import Glibc

/// The command `tutti`.
@main
struct TuttiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tutti",
        abstract: "Do many things at once, and see which way suits your work.",
        version: "0.1.0",
        subcommands: [Compare.self, Diagnose.self, Fetch.self])

    static func main() async {
        // Swift reads the arguments there: without it, none would be seen and help be shown.
        guard access("/proc/self/cmdline", R_OK) == 0 else {
            printError(
                "tutti: /proc/self/cmdline: \(String(cString: strerror(errno))). Nothing is known "
                    + "of any process without /proc, not even this one's arguments: mount it "
                    + "(mount -t proc proc /proc), or start the container with it.")
            Glibc.exit(125)
        }
        await main(nil)
    }
}
