//! The protocol between a program and the driver, the input of every row, its digest.
//! The same as Sources/RowHarness, in Rust.

use std::fmt::Display;
use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

/// Serves turns to the driver: one to warm up, then one for each line on the standard input.
pub fn serve<C: Display>(mut turn: impl FnMut() -> (f64, C)) {
    turn();
    answer("ready");
    for _ in io::stdin().lock().lines() {
        let (value, checksum) = turn();
        answer(&format!("{value} {checksum}"));
    }
}

/// Serves a row whose value is the time of `run` in milliseconds; what it returns is dropped after
/// the clock was read. `restore` and `checksum` are not timed.
pub fn serve_milliseconds<S, R, C: Display>(
    mut state: S,
    mut restore: impl FnMut(&mut S),
    mut run: impl FnMut(&mut S) -> R,
    mut checksum: impl FnMut(&S, &R) -> C,
) {
    serve(|| {
        restore(&mut state);
        let start = Instant::now();
        let result = run(&mut state);
        let elapsed = start.elapsed();
        (elapsed.as_secs_f64() * 1e3, checksum(&state, &result))
    });
}

/// The nanoseconds of one `body`, called over and over.
pub fn serve_loop(mut body: impl FnMut()) {
    serve(|| {
        let count = 10_000;
        let start = Instant::now();
        for _ in 0..count {
            body();
        }
        (start.elapsed().as_nanos() as f64 / count as f64, count)
    });
}

/// The same for calls after 2 ms of silence each, their median.
pub fn serve_paused(mut body: impl FnMut()) {
    serve(|| {
        let times = (0..50).map(|_| {
            std::thread::sleep(Duration::from_millis(2));
            let start = Instant::now();
            body();
            start.elapsed().as_nanos()
        });
        (median(times.collect()) as f64, 50)
    });
}

pub fn median(mut times: Vec<u128>) -> u128 {
    times.sort();
    times[times.len() / 2]
}

/// The CPU milliseconds of this process in one second of waiting, per second.
pub fn processor_milliseconds_of_a_second() -> f64 {
    let (cpu, wall) = (processor_nanoseconds(), Instant::now());
    std::thread::sleep(Duration::from_secs(1));
    (processor_nanoseconds() - cpu) as f64 / 1e6 / wall.elapsed().as_secs_f64()
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

pub fn answer(line: &str) {
    println!("{line}");
    io::stdout().flush().unwrap();
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn mixed(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

pub fn random(index: usize) -> u64 {
    mixed((index as u64 + 1).wrapping_mul(GOLDEN))
}

pub fn digest(words: impl Iterator<Item = u64>) -> u64 {
    let mut place = 0u64;
    words.fold(0u64, |digest, word| {
        place = place.wrapping_add(GOLDEN);
        digest.wrapping_add(mixed(word.wrapping_add(place)))
    })
}

pub fn floats(count: usize, first: usize) -> Vec<f32> {
    (first..first + count).map(|index| (random(index) % 17) as f32 - 8.0).collect()
}

pub fn words(count: usize) -> Vec<u32> {
    (0..count).map(|index| (random(index) >> 32) as u32).collect()
}

pub const MIDDLE_WORD: u32 = 1 << 31;

/// None when it is no row of keys to sort.
pub fn keys(row: &str) -> Option<Vec<u64>> {
    let count = 10_000_000;
    let key: fn(usize, usize) -> u64 = match row {
        "sort-random" => |index, _| random(index),
        "sort-sorted" => |index, _| index as u64,
        "sort-reversed" => |index, count| (count - 1 - index) as u64,
        "sort-few" => |index, _| random(index) >> 60,
        "sort-organ-pipe" => |index, count| index.min(count - 1 - index) as u64,
        _ => return None,
    };
    Some((0..count).map(|index| key(index, count)).collect())
}

#[derive(Clone, Copy)]
pub struct Record {
    pub key: u64,
    pub payload: u64,
}

pub fn records() -> Vec<Record> {
    let record = |index| Record { key: random(index) >> 44, payload: index as u64 };
    (0..5_000_000).map(record).collect()
}

pub fn digest_records(records: &[Record]) -> u64 {
    digest(records.iter().map(|record| record.key))
        .wrapping_mul(31)
        .wrapping_add(digest(records.iter().map(|record| record.payload)))
}

pub fn strings() -> Vec<String> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    (0..1_000_000usize)
        .map(|index| {
            let length = 8 + (random(index * 32 + 31) % 17) as usize;
            (0..length)
                .map(|place| letters[(random(index * 32 + place) % 52) as usize] as char)
                .collect()
        })
        .collect()
}

pub fn digest_strings(strings: &[String]) -> u64 {
    digest(strings.iter().map(|string| {
        string.bytes().fold(0xCBF2_9CE4_8422_2325u64, |hash, letter| {
            (hash ^ letter as u64).wrapping_mul(0x100_0000_01B3)
        })
    }))
}

/// Serves the sorts, given what sorts keys, strings and, stably by key, records.
/// False when it is no such row.
pub fn serve_sorts(
    row: &str,
    sort: impl Fn(&mut [u64]),
    sort_strings: impl Fn(&mut [String]),
    stable_sort: impl Fn(&mut [Record]),
) -> bool {
    if row == "stable-sort-5M" {
        let pristine = records();
        serve_milliseconds(
            pristine.clone(),
            |records| records.copy_from_slice(&pristine),
            |records| stable_sort(records),
            |records, _| digest_records(records),
        );
    } else if row == "sort-strings" {
        let pristine = strings();
        serve_milliseconds(
            pristine.clone(),
            // Copies of their own, so that they lie in memory in the order in which they stand.
            |strings| {
                strings.clear();
                *strings = pristine.clone();
            },
            |strings| sort_strings(strings),
            |strings, _| digest_strings(strings),
        );
    } else if let Some(pristine) = keys(row) {
        serve_milliseconds(
            pristine.clone(),
            |keys| keys.copy_from_slice(&pristine),
            |keys| sort(keys),
            |keys, _| digest(keys.iter().copied()),
        );
    } else {
        return false;
    }
    true
}

/// The sum of whole-numbered floats, in 32 lanes.
pub fn sum(values: &[f32]) -> f32 {
    let mut lanes = [0f32; 32];
    let chunks = values.chunks_exact(32);
    let rest: f32 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    rest + lanes.iter().sum::<f32>()
}

pub fn hash(mut index: u64) -> u64 {
    index ^= index << 13;
    index ^= index >> 7;
    index ^ (index << 17)
}

pub const PICTURE_SIZE: usize = 2000;

pub fn fill(row: usize, counts: &mut [u32]) {
    let step = 2.5 / 2000.0;
    let ci = -1.25 + row as f64 * step;
    for (column, target) in counts.iter_mut().enumerate() {
        let cr = -2.0 + column as f64 * step;
        let (mut zr, mut zi, mut count) = (0f64, 0f64, 0u32);
        while count < 256 {
            let (rr, ii) = (zr * zr, zi * zi);
            if rr + ii > 4.0 {
                break;
            }
            zi = 2.0 * zr * zi + ci;
            zr = rr - ii + cr;
            count += 1;
        }
        *target = count;
    }
}

pub const BODIES: usize = 8192;

pub struct Bodies {
    x: Vec<f64>,
    y: Vec<f64>,
    z: Vec<f64>,
    mass: Vec<f64>,
}

impl Bodies {
    pub fn new() -> Bodies {
        let unit = |index| (random(index) >> 11) as f64 / (1u64 << 53) as f64;
        let column = |offset| (0..BODIES).map(|body| unit(4 * body + offset)).collect();
        Bodies { x: column(0), y: column(1), z: column(2), mass: column(3) }
    }

    pub fn acceleration(&self, body: usize) -> [f64; 3] {
        // Slices of a known length spare the checks of bounds.
        let (x, y, z) = (&self.x[..BODIES], &self.y[..BODIES], &self.z[..BODIES]);
        let mass = &self.mass[..BODIES];
        let (px, py, pz) = (x[body], y[body], z[body]);
        let mut sum = [0f64; 3];
        for other in 0..BODIES {
            let (dx, dy, dz) = (x[other] - px, y[other] - py, z[other] - pz);
            let square = dx * dx + dy * dy + dz * dz + 1e-4;
            let weight = mass[other] / (square * square.sqrt());
            sum[0] += dx * weight;
            sum[1] += dy * weight;
            sum[2] += dz * weight;
        }
        sum
    }
}

pub fn checksum_of_accelerations(accelerations: &[[f64; 3]]) -> f64 {
    accelerations.iter().fold(0.0, |total, a| total + a[0].abs() + a[1].abs() + a[2].abs())
}

pub const MATRIX: usize = 1024;

pub fn multiply(left: &[f32], right: &[f32], row: usize, target: &mut [f32]) {
    target.fill(0.0);
    for (inner, factor) in left[row * MATRIX..][..MATRIX].iter().enumerate() {
        for (value, source) in target.iter_mut().zip(&right[inner * MATRIX..][..MATRIX]) {
            *value += factor * source;
        }
    }
}

pub fn checksum_of_product(product: &[f32]) -> u64 {
    digest(product.iter().map(|value| *value as i64 as u64))
}
