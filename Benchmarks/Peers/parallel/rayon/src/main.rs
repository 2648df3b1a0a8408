//! Usage: parallel-rust serial|rayon ROW THREADS. See Benchmarks/README.md for the protocol.

mod harness;
mod parallel;
mod serial;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let threads = arguments.get(3).and_then(|threads| threads.parse().ok());
    let (Some(threads), Some(row)) = (threads, arguments.get(2)) else {
        eprintln!("usage: parallel-rust serial|rayon ROW THREADS");
        std::process::exit(2);
    };
    let serves = match arguments[1].as_str() {
        "rayon" => parallel::serve_row(row, threads),
        _ => serial::serve_row(row),
    };
    if !serves {
        harness::answer("none");
    }
}
