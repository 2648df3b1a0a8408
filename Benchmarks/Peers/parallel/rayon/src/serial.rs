//! The rows on one thread, with the standard library of Rust.

use crate::harness::*;
use std::hint::black_box;

fn fibonacci(n: u32) -> u64 {
    if n < 2 {
        return n as u64;
    }
    fibonacci(n - 1) + fibonacci(n - 2)
}

/// False when it has no such row.
pub fn serve_row(row: &str) -> bool {
    match row {
        "fib-34" => {
            serve_milliseconds((), |_| (), |_| fibonacci(black_box(34)), |_, result| *result)
        }
        "sum-50M" => serve_milliseconds(
            floats(50_000_000, 0),
            |_| (),
            |values| sum(black_box(values)),
            |_, total| *total as u64,
        ),
        "map-10M" => serve_milliseconds(
            floats(10_000_000, 0),
            |_| (),
            |values| values.iter().map(|value| value * 2.0).collect::<Vec<_>>(),
            |_, output| digest(output.iter().map(|value| value.to_bits() as u64)),
        ),
        "filter-10M" => serve_milliseconds(
            words(10_000_000),
            |_| (),
            |values| {
                values.iter().copied().filter(|value| *value < MIDDLE_WORD).collect::<Vec<_>>()
            },
            |_, output| digest(output.iter().map(|value| *value as u64)),
        ),
        "scan-50M" => serve_milliseconds(
            words(50_000_000),
            |_| (),
            |values| {
                let mut total = 0u32;
                let sums = values.iter().map(|value| {
                    total = total.wrapping_add(*value);
                    total
                });
                sums.collect::<Vec<_>>()
            },
            |_, output| digest(output.iter().map(|value| *value as u64)),
        ),
        "computed-sum" => serve_milliseconds(
            (),
            |_| (),
            |_| (0..black_box(100_000_000)).map(hash).fold(0u64, u64::wrapping_add),
            |_, total| *total,
        ),
        "mandelbrot" => serve_milliseconds(
            vec![0u32; PICTURE_SIZE * PICTURE_SIZE],
            |_| (),
            |counts| {
                for (row, counts) in counts.chunks_mut(PICTURE_SIZE).enumerate() {
                    fill(row, counts);
                }
            },
            |counts, _| digest(counts.iter().map(|count| *count as u64)),
        ),
        "nbody" => {
            let bodies = Bodies::new();
            serve_milliseconds(
                vec![[0f64; 3]; BODIES],
                |_| (),
                |accelerations| {
                    for (body, target) in accelerations.iter_mut().enumerate() {
                        *target = bodies.acceleration(body);
                    }
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
                    for (row, target) in product.chunks_mut(MATRIX).enumerate() {
                        multiply(&left, &right, row, target);
                    }
                },
                |product, _| checksum_of_product(product),
            )
        }
        _ => {
            return serve_sorts(
                row,
                |keys| keys.sort_unstable(),
                |strings| strings.sort_unstable(),
                |records| records.sort_by_key(|record| record.key),
            )
        }
    }
    true
}
