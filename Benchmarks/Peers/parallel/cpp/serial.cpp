// The rows on one thread, with the standard library of C++.
#include <numeric>

#include "harness.hpp"

static uint64_t fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

int main(int count, char** arguments) {
    if (count != 3) return usage(arguments[0]);
    const std::string row = arguments[1];
    if (row == "fib-34") {
        volatile int n = 34;
        serveMilliseconds(nothing, [&] { return fibonacci(n); },
                          [](uint64_t result) { return result; });
    } else if (row == "sum-50M") {
        const auto values = floats(50000000);
        serveMilliseconds(nothing, [&] { return sum(values.begin(), values.count); },
                          [](float total) { return uint64_t(total); });
    } else if (row == "map-10M") {
        const auto values = floats(10000000);
        serveMilliseconds(
            nothing,
            [&] {
                Array<float> output(values.count);
                std::transform(values.begin(), values.end(), output.begin(),
                               [](float value) { return value * 2; });
                return output;
            },
            [](const auto& output) { return digest(output); });
    } else if (row == "filter-10M") {
        const auto values = words(10000000);
        serveMilliseconds(
            nothing,
            [&] {
                std::vector<uint32_t> output;
                std::copy_if(values.begin(), values.end(), std::back_inserter(output),
                             [](uint32_t value) { return value < middleWord; });
                return output;
            },
            [](const auto& output) {
                return digest(output.size(), [&](size_t i) { return uint64_t(output[i]); });
            });
    } else if (row == "scan-50M") {
        const auto values = words(50000000);
        serveMilliseconds(
            nothing,
            [&] {
                Array<uint32_t> output(values.count);
                std::partial_sum(values.begin(), values.end(), output.begin());
                return output;
            },
            [](const auto& output) { return digest(output); });
    } else if (row == "computed-sum") {
        volatile uint64_t end = 100000000;
        serveMilliseconds(nothing, [&] { return hashSum(0, end); },
                          [](uint64_t sum) { return sum; });
    } else if (row == "mandelbrot") {
        Picture picture;
        serveMilliseconds(
            nothing,
            [&] {
                for (int row = 0; row < Picture::size; ++row) picture.fill(row);
                return 0;
            },
            [&](int) { return picture.checksum(); });
    } else if (row == "nbody") {
        Bodies bodies;
        serveMilliseconds(
            nothing,
            [&] {
                for (int body = 0; body < Bodies::count; ++body) bodies.accelerate(body);
                return 0;
            },
            [&](int) { return bodies.checksum(); });
    } else if (row == "matmul-1024") {
        Matrices matrices;
        serveMilliseconds(
            nothing,
            [&] {
                for (int row = 0; row < Matrices::size; ++row) matrices.multiply(row);
                return 0;
            },
            [&](int) { return matrices.checksum(); });
    } else if (!serveSorts(
                   row, [](auto& values) { std::sort(values.begin(), values.end()); },
                   [](auto& values) {
                       std::stable_sort(values.begin(), values.end(),
                                        [](auto& a, auto& b) { return a.key < b.key; });
                   })) {
        return declineRow();
    }
}
