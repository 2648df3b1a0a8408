//! Programs in Rust. Usage: others NAME.

use std::hint::black_box;
use std::sync::{mpsc, Arc, Mutex};
use std::thread;

/// About 20 ms on a core of 4 GHz.
fn compute(units: u64) -> u64 {
    let mut value = units;
    for _ in 0..units * 20_000_000 {
        value = black_box(value.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407));
    }
    value
}

/// One thread for each number of units.
fn threads(units: &[u64]) {
    thread::scope(|scope| {
        for &units in units {
            scope.spawn(move || black_box(compute(units)));
        }
    });
}

/// Four threads, each of which holds the lock while it computes.
fn mutex() {
    let sum = Arc::new(Mutex::new(0u64));
    thread::scope(|scope| {
        for _ in 0..4 {
            let sum = sum.clone();
            scope.spawn(move || {
                for _ in 0..8 {
                    // A statement of its own: `*lock() ^= compute()` computes first.
                    let mut sum = sum.lock().unwrap();
                    *sum ^= compute(1);
                }
            });
        }
    });
}

/// Half of the work in one thread, half in another that takes what the first hands on.
fn channel() {
    let (sender, receiver) = mpsc::sync_channel(4);
    thread::scope(|scope| {
        scope.spawn(move || {
            for _ in 0..16 {
                sender.send(compute(1)).unwrap();
            }
        });
        scope.spawn(move || {
            for value in receiver {
                black_box(value ^ compute(1));
            }
        });
    });
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("compute") => drop(black_box(compute(32))),
        Some("threads-2") => threads(&[16, 16]),
        Some("unbalanced") => threads(&[8, 24]),
        Some("mutex") => mutex(),
        Some("channel") => channel(),
        _ => std::process::exit(2),
    }
}
