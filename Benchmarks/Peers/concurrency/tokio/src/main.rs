//! Usage: concurrency-rust ROW THREADS. See Benchmarks/README.md for the protocol and the rows.
//! At one thread on Tokio's current-thread runtime, else on its multi-threaded one.

use std::future::Future;
use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{yield_now, JoinHandle};

const TASKS: usize = 1000;
const YIELDS: usize = 1000;
const SPAWNED: usize = 100_000;
const SLEEPERS: usize = 250_000;
const ELEMENTS: usize = 200_000;
const IN_FLIGHT: usize = 100;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let threads = arguments.get(2).and_then(|threads| threads.parse().ok());
    let (Some(threads), Some(row)) = (threads, arguments.get(1)) else {
        eprintln!("usage: concurrency-rust ROW THREADS");
        std::process::exit(2);
    };
    let runtime = match threads {
        1 => Builder::new_current_thread().enable_time().build(),
        _ => Builder::new_multi_thread().worker_threads(threads).enable_time().build(),
    }
    .unwrap();
    let before = resident_bytes();
    match row.as_str() {
        "yield" | "task-yield" => serve_each(&runtime, TASKS * YIELDS, switches),
        "spawn" => serve_each(&runtime, SPAWNED, spawn),
        "sleep" => serve_each(&runtime, SLEEPERS, sleep),
        "sleep-memory" => serve(|| run(&runtime, bytes_of_sleepers(before))),
        "map-at-once" => serve_each(&runtime, ELEMENTS, || map(|| async {})),
        "map-yield" => serve_each(&runtime, ELEMENTS, || map(yield_now)),
        _ => answer("none"),
    }
}

/// Runs what is measured as a task, as a program does, and not on the thread that waits for it.
fn run<T: Send + 'static>(
    runtime: &Runtime,
    future: impl Future<Output = T> + Send + 'static,
) -> T {
    runtime.block_on(async { tokio::spawn(future).await.unwrap() })
}

async fn switches() {
    let body = || async {
        for _ in 0..YIELDS {
            yield_now().await;
        }
    };
    join((0..TASKS).map(|_| tokio::spawn(body())).collect()).await;
}

async fn spawn() {
    for _ in 0..SPAWNED / 100 {
        join((0..100).map(|_| tokio::spawn(async {})).collect()).await;
    }
}

async fn sleep() {
    let nap = |number| Duration::from_millis(200 + number as u64 % 100);
    join((0..SLEEPERS).map(|number| tokio::spawn(tokio::time::sleep(nap(number)))).collect()).await;
}

async fn join(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        task.await.unwrap();
    }
}

/// As many workers as may be in flight, which take the next element until none is left.
async fn map<F, B>(body: B)
where
    F: Future<Output = ()> + Send,
    B: Fn() -> F + Send + Copy + 'static,
{
    let results: Arc<Vec<AtomicUsize>> =
        Arc::new((0..ELEMENTS).map(|_| AtomicUsize::new(0)).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let work = |results: Arc<Vec<AtomicUsize>>, next: Arc<AtomicUsize>| async move {
        loop {
            let element = next.fetch_add(1, Ordering::Relaxed);
            if element >= ELEMENTS {
                break;
            }
            body().await;
            results[element].store(element + 1, Ordering::Relaxed);
        }
    };
    let workers = (0..IN_FLIGHT).map(|_| tokio::spawn(work(results.clone(), next.clone())));
    join(workers.collect()).await;
}

async fn bytes_of_sleepers(before: usize) -> (f64, usize) {
    let asleep = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..SLEEPERS)
        .map(|_| {
            let asleep = asleep.clone();
            tokio::spawn(async move {
                asleep.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_secs(3600)).await;
            })
        })
        .collect();
    while asleep.load(Ordering::Relaxed) < SLEEPERS {
        yield_now().await;
    }
    let bytes = resident_bytes() - before;
    let mut cancelled = 0;
    for task in &tasks {
        task.abort();
    }
    for task in tasks {
        cancelled += task.await.is_err() as usize;
    }
    (bytes as f64 / SLEEPERS as f64, cancelled)
}

fn serve_each<F>(runtime: &Runtime, count: usize, body: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    serve(|| {
        let start = processor_nanoseconds();
        run(runtime, body());
        ((processor_nanoseconds() - start) as f64 / count as f64, count)
    });
}

fn serve(mut turn: impl FnMut() -> (f64, usize)) {
    turn();
    answer("ready");
    for _ in io::stdin().lock().lines() {
        let (value, checksum) = turn();
        answer(&format!("{value} {checksum}"));
    }
}

fn answer(line: &str) {
    println!("{line}");
    io::stdout().flush().unwrap();
}

fn resident_bytes() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap();
    text.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

fn processor_nanoseconds() -> i64 {
    #[repr(C)]
    struct Timespec {
        seconds: i64,
        nanoseconds: i64,
    }
    extern "C" {
        fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
    }
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    // 2 is CLOCK_PROCESS_CPUTIME_ID. Safety: the layout is that of 64-bit Linux.
    unsafe { clock_gettime(2, &mut time) };
    time.seconds * 1_000_000_000 + time.nanoseconds
}
