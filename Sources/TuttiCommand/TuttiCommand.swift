import ArgumentParser

/// The command `tutti`.
@main
struct TuttiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tutti",
        abstract: "Do many things at once, and see which way suits your work.",
        version: "0.1.0",
        subcommands: [Compare.self, Diagnose.self, Fetch.self])
}
