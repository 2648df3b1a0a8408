// The rows with oneTBB.
#include <tbb/tbb.h>

#include <atomic>

#include "harness.hpp"

using Range = tbb::blocked_range<size_t>;

static uint64_t fibonacci(int n) {
    if (n < 2) return n;
    uint64_t left, right;
    tbb::parallel_invoke([&] { left = fibonacci(n - 1); }, [&] { right = fibonacci(n - 2); });
    return left + right;
}

// The nanoseconds from giving a task after 2 ms of silence until it and the giver run at once: they
// greet each other. Each gives up after 10 ms.
static int64_t wakeUp() {
    usleep(2000);
    std::atomic<bool> greeting = false, answer = false;
    int64_t end;
    const int64_t start = nanoseconds();
    const auto waitFor = [&](std::atomic<bool>& flag) {
        while (!flag.load(std::memory_order_relaxed) && nanoseconds() - start < 10000000) {
        }
    };
    tbb::task_group group;
    group.run([&] {
        greeting.store(true, std::memory_order_relaxed);
        waitFor(answer);
        end = nanoseconds();
    });
    waitFor(greeting);
    answer.store(true, std::memory_order_relaxed);
    group.wait();
    return end - start;
}

int main(int count, char** arguments) {
    if (count != 3) return usage(arguments[0]);
    const std::string row = arguments[1];
    const int threads = atoi(arguments[2]);
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    if (row == "fib-34") {
        serveMilliseconds(nothing, [] { return fibonacci(34); },
                          [](uint64_t result) { return result; });
    } else if (row == "join-empty") {
        serveLoop([] { tbb::parallel_invoke([] {}, [] {}); });
    } else if (row == "join-empty-paused") {
        servePaused([] { tbb::parallel_invoke([] {}, [] {}); });
    } else if (row == "sum-50M") {
        const auto values = floats(50000000);
        serveMilliseconds(
            nothing,
            [&] {
                return tbb::parallel_reduce(
                    Range(0, values.count, 100000), 0.0f,
                    [&](const Range& range, float total) {
                        return total + sum(values.begin() + range.begin(), range.size());
                    },
                    std::plus<float>());
            },
            [](float total) { return uint64_t(total); });
    } else if (row == "map-10M") {
        const auto values = floats(10000000);
        serveMilliseconds(
            nothing,
            [&] {
                Array<float> output(values.count);
                tbb::parallel_for(Range(0, values.count), [&](const Range& range) {
                    for (size_t index = range.begin(); index < range.end(); ++index)
                        output[index] = values[index] * 2;
                });
                return output;
            },
            [](const auto& output) { return digest(output); });
    } else if (row == "filter-10M") {
        // oneTBB has no filter: blocks are counted, then copied to where they belong.
        const auto values = words(10000000);
        const size_t size = 50000, blocks = values.count / size;
        serveMilliseconds(
            nothing,
            [&] {
                std::vector<size_t> offsets(blocks + 1);
                tbb::parallel_for(size_t(0), blocks, [&](size_t block) {
                    offsets[block + 1] = countBelow(values.begin() + block * size, size);
                });
                for (size_t block = 0; block < blocks; ++block)
                    offsets[block + 1] += offsets[block];
                Array<uint32_t> output(offsets[blocks]);
                tbb::parallel_for(size_t(0), blocks, [&](size_t block) {
                    copyBelow(values.begin() + block * size, output.begin() + offsets[block],
                              offsets[block + 1] - offsets[block]);
                });
                return output;
            },
            [](const auto& output) { return digest(output); });
    } else if (row == "scan-50M") {
        const auto values = words(50000000);
        serveMilliseconds(
            nothing,
            [&] {
                Array<uint32_t> output(values.count);
                tbb::parallel_scan(
                    Range(0, values.count, 100000), uint32_t(0),
                    [&](const Range& range, uint32_t total, bool isFinal) {
                        if (isFinal) {
                            for (size_t index = range.begin(); index < range.end(); ++index)
                                output[index] = total += values[index];
                        } else {
                            for (size_t index = range.begin(); index < range.end(); ++index)
                                total += values[index];
                        }
                        return total;
                    },
                    std::plus<uint32_t>());
                return output;
            },
            [](const auto& output) { return digest(output); });
    } else if (row == "computed-sum" || row == "idle") {
        const auto run = [](size_t end) {
            return tbb::parallel_reduce(
                Range(0, end), uint64_t(0),
                [](const Range& range, uint64_t total) {
                    return total + hashSum(range.begin(), range.end());
                },
                std::plus<uint64_t>());
        };
        if (row == "idle") serveIdle([&] { return run(1000000); });
        else
            serveMilliseconds(nothing, [&] { return run(100000000); },
                              [](uint64_t sum) { return sum; });
    } else if (row == "mandelbrot") {
        Picture picture;
        serveMilliseconds(
            nothing,
            [&] {
                tbb::parallel_for(0, Picture::size, [&](int row) { picture.fill(row); });
                return 0;
            },
            [&](int) { return picture.checksum(); });
    } else if (row == "nbody") {
        Bodies bodies;
        serveMilliseconds(
            nothing,
            [&] {
                tbb::parallel_for(0, Bodies::count, [&](int body) { bodies.accelerate(body); });
                return 0;
            },
            [&](int) { return bodies.checksum(); });
    } else if (row == "matmul-1024") {
        Matrices matrices;
        serveMilliseconds(
            nothing,
            [&] {
                tbb::parallel_for(0, Matrices::size, [&](int row) { matrices.multiply(row); });
                return 0;
            },
            [&](int) { return matrices.checksum(); });
    } else if (row == "wake-up") {
        if (threads < 2) return declineRow();
        serve([] {
            std::vector<int64_t> times(50);
            for (auto& time : times) time = wakeUp();
            std::nth_element(times.begin(), times.begin() + 25, times.end());
            return Turn{times[25] / 1e3, std::to_string(times.size())};
        });
    } else if (!serveSorts(
                   row, [](auto& values) { tbb::parallel_sort(values.begin(), values.end()); },
                   [](auto& values) {
                       // Not stable: the payload, which is the place, decides among equals.
                       tbb::parallel_sort(values.begin(), values.end(), [](auto& a, auto& b) {
                           return a.key != b.key ? a.key < b.key : a.payload < b.payload;
                       });
                   })) {
        return declineRow();
    }
}
