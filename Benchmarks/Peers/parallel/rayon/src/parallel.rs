//! The rows with Rayon.

use crate::harness::*;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

fn fibonacci(n: u32) -> u64 {
    if n < 2 {
        return n as u64;
    }
    let (left, right) = rayon::join(|| fibonacci(n - 1), || fibonacci(n - 2));
    left + right
}

/// Inclusive, in two passes over a few chunks a thread: Rayon has no scan that keeps the order.
fn scan(values: &[u32], threads: usize) -> Vec<u32> {
    let size = values.len().div_ceil(4 * threads);
    let mut starts: Vec<u32> = values
        .par_chunks(size)
        .map(|chunk| chunk.iter().fold(0u32, |total, value| total.wrapping_add(*value)))
        .collect();
    let mut total = 0u32;
    for start in &mut starts {
        (*start, total) = (total, total.wrapping_add(*start));
    }
    let mut sums: Vec<u32> = Vec::with_capacity(values.len());
    sums.spare_capacity_mut()[..values.len()]
        .par_chunks_mut(size)
        .zip(values.par_chunks(size))
        .zip(&starts)
        .for_each(|((sums, values), start)| {
            let mut total = *start;
            for (sum, value) in sums.iter_mut().zip(values) {
                total = total.wrapping_add(*value);
                sum.write(total);
            }
        });
    // Safety: each place was written above.
    unsafe { sums.set_len(values.len()) };
    sums
}

/// The nanoseconds from a join after 2 ms of silence until both halves run at once: they greet each
/// other. Each gives up after 10 ms.
fn wake_up() -> u128 {
    std::thread::sleep(Duration::from_millis(2));
    let start = Instant::now();
    let (greeting, answer) = (AtomicBool::new(false), AtomicBool::new(false));
    let wait = |flag: &AtomicBool| {
        while !flag.load(Ordering::Relaxed) && start.elapsed().as_millis() < 10 {}
    };
    let first = || {
        wait(&greeting);
        answer.store(true, Ordering::Relaxed);
    };
    let second = || {
        greeting.store(true, Ordering::Relaxed);
        wait(&answer);
        start.elapsed().as_nanos()
    };
    rayon::join(first, second).1
}

/// False when it has no such row.
pub fn serve_row(row: &str, threads: usize) -> bool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().unwrap();
    // Wraps in a release build.
    let hash_sum = |end: u64| (0..end).into_par_iter().map(hash).sum::<u64>();
    match row {
        "fib-34" => serve_milliseconds((), |_| (), |_| fibonacci(34), |_, result| *result),
        "join-empty" => serve_loop(|| {
            rayon::join(|| (), || ());
        }),
        "join-empty-paused" => serve_paused(|| {
            rayon::join(|| (), || ());
        }),
        "sum-50M" => serve_milliseconds(
            floats(50_000_000, 0),
            |_| (),
            |values| values.par_chunks(100_000).map(sum).sum::<f32>(),
            |_, total| *total as u64,
        ),
        "map-10M" => serve_milliseconds(
            floats(10_000_000, 0),
            |_| (),
            |values| values.par_iter().map(|value| value * 2.0).collect::<Vec<_>>(),
            |_, output| digest(output.iter().map(|value| value.to_bits() as u64)),
        ),
        "filter-10M" => serve_milliseconds(
            words(10_000_000),
            |_| (),
            |values| {
                values.par_iter().copied().filter(|value| *value < MIDDLE_WORD).collect::<Vec<_>>()
            },
            |_, output| digest(output.iter().map(|value| *value as u64)),
        ),
        "scan-50M" => serve_milliseconds(
            words(50_000_000),
            |_| (),
            |values| scan(values, threads),
            |_, output| digest(output.iter().map(|value| *value as u64)),
        ),
        "computed-sum" => {
            serve_milliseconds((), |_| (), |_| hash_sum(100_000_000), |_, total| *total)
        }
        "mandelbrot" => serve_milliseconds(
            vec![0u32; PICTURE_SIZE * PICTURE_SIZE],
            |_| (),
            |counts| {
                counts
                    .par_chunks_mut(PICTURE_SIZE)
                    .enumerate()
                    .for_each(|(row, counts)| fill(row, counts))
            },
            |counts, _| digest(counts.iter().map(|count| *count as u64)),
        ),
        "nbody" => {
            let bodies = Bodies::new();
            serve_milliseconds(
                vec![[0f64; 3]; BODIES],
                |_| (),
                |accelerations| {
                    accelerations
                        .par_iter_mut()
                        .enumerate()
                        .for_each(|(body, target)| *target = bodies.acceleration(body))
                },
                |accelerations, _| checksum_of_accelerations(accelerations),
            )
        }
        "matmul-1024" => {
            let count = MATRIX * MATRIX;
            let (left, right) = (floats(count, 0), floats(count, count));
            serve_milliseconds(
                vec![0f32; count],
                |_| (),
                |product| {
                    product
                        .par_chunks_mut(MATRIX)
                        .enumerate()
                        .for_each(|(row, target)| multiply(&left, &right, row, target))
                },
                |product, _| checksum_of_product(product),
            )
        }
        "wake-up" if threads > 1 => serve(|| {
            let times = || (0..50).map(|_| wake_up()).collect();
            let (times, _) = rayon::join(times, || ());
            (median(times) as f64 / 1e3, 50)
        }),
        "idle" => serve(|| {
            let total = hash_sum(1_000_000);
            (processor_milliseconds_of_a_second(), total)
        }),
        _ => {
            return serve_sorts(
                row,
                |keys| keys.par_sort_unstable(),
                |strings| strings.par_sort_unstable(),
                |records| records.par_sort_by_key(|record| record.key),
            )
        }
    }
    true
}
