// The rows with OpenMP. Its threads spin for some milliseconds after a loop, as they do for its
// users; the driver waits between turns, so that they disturb nobody.
#include <omp.h>

#include "harness.hpp"

static long fibonacci(int n) {
    if (n < 2) return n;
    long left, right;
#pragma omp task shared(left)
    left = fibonacci(n - 1);
    right = fibonacci(n - 2);
#pragma omp taskwait
    return left + right;
}

static void joinEmpty() {
#pragma omp parallel sections
    {
#pragma omp section
        {}
#pragma omp section
        {}
    }
}

static uint64_t parallelHashSum(int64_t end) {
    uint64_t total = 0;
#pragma omp parallel for reduction(+ : total)
    for (int64_t index = 0; index < end; ++index) total += hash(index);
    return total;
}

int main(int count, char** arguments) {
    if (count != 3) return usage(arguments[0]);
    const std::string row = arguments[1];
    const int threads = atoi(arguments[2]);
    omp_set_num_threads(threads);
    if (row == "fib-34") {
        serveMilliseconds(
            nothing,
            [] {
                long result;
#pragma omp parallel
#pragma omp single
                result = fibonacci(34);
                return result;
            },
            [](long f) { return uint64_t(f); });
    } else if (row == "join-empty") {
        serveLoop(joinEmpty);
    } else if (row == "join-empty-paused") {
        servePaused(joinEmpty);
    } else if (row == "sum-50M") {
        const auto values = floats(50000000);
        serveMilliseconds(
            nothing,
            [&] {
                const float* input = values.begin();
                const size_t count = values.count;
                float total = 0;
#pragma omp parallel for simd reduction(+ : total)
                for (size_t index = 0; index < count; ++index) total += input[index];
                return total;
            },
            [](float total) { return uint64_t(total); });
    } else if (row == "map-10M") {
        const auto values = floats(10000000);
        serveMilliseconds(
            nothing,
            [&] {
                Array<float> output(values.count);
                const float* input = values.begin();
                float* target = output.begin();
                const size_t count = values.count;
#pragma omp parallel for simd
                for (size_t index = 0; index < count; ++index) target[index] = input[index] * 2;
                return output;
            },
            [](const auto& output) { return digest(output); });
    } else if (row == "filter-10M") {
        // One block a thread: counted, then copied to where it belongs.
        const auto values = words(10000000);
        serveMilliseconds(
            nothing,
            [&] {
                std::vector<size_t> offsets(threads + 1);
                std::unique_ptr<Array<uint32_t>> output;
#pragma omp parallel
                {
                    const size_t number = omp_get_thread_num();
                    const size_t from = values.count * number / threads;
                    const size_t to = values.count * (number + 1) / threads;
                    offsets[number + 1] = countBelow(values.begin() + from, to - from);
#pragma omp barrier
#pragma omp single
                    {
                        for (int block = 0; block < threads; ++block)
                            offsets[block + 1] += offsets[block];
                        output = std::make_unique<Array<uint32_t>>(offsets[threads]);
                    }
                    copyBelow(values.begin() + from, output->begin() + offsets[number],
                              offsets[number + 1] - offsets[number]);
                }
                return output;
            },
            [](const auto& output) { return digest(*output); });
    } else if (row == "scan-50M") {
        const auto values = words(50000000);
        serveMilliseconds(
            nothing,
            [&] {
                Array<uint32_t> output(values.count);
                const uint32_t* input = values.begin();
                uint32_t* target = output.begin();
                const size_t count = values.count;
                uint32_t total = 0;
#pragma omp parallel for reduction(inscan, + : total)
                for (size_t index = 0; index < count; ++index) {
                    total += input[index];
#pragma omp scan inclusive(total)
                    target[index] = total;
                }
                return output;
            },
            [](const auto& output) { return digest(output); });
    } else if (row == "computed-sum") {
        serveMilliseconds(nothing, [] { return parallelHashSum(100000000); },
                          [](uint64_t sum) { return sum; });
    } else if (row == "idle") {
        serveIdle([] { return parallelHashSum(1000000); });
    } else if (row == "mandelbrot") {
        Picture picture;
        serveMilliseconds(
            nothing,
            [&] {
#pragma omp parallel for schedule(dynamic)
                for (int row = 0; row < Picture::size; ++row) picture.fill(row);
                return 0;
            },
            [&](int) { return picture.checksum(); });
    } else if (row == "nbody") {
        Bodies bodies;
        serveMilliseconds(
            nothing,
            [&] {
#pragma omp parallel for
                for (int body = 0; body < Bodies::count; ++body) bodies.accelerate(body);
                return 0;
            },
            [&](int) { return bodies.checksum(); });
    } else if (row == "matmul-1024") {
        Matrices matrices;
        serveMilliseconds(
            nothing,
            [&] {
#pragma omp parallel for
                for (int row = 0; row < Matrices::size; ++row) matrices.multiply(row);
                return 0;
            },
            [&](int) { return matrices.checksum(); });
    } else {
        return declineRow();
    }
}
