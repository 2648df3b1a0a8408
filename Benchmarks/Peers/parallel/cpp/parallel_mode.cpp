// The rows with the parallel mode of libstdc++: the standard algorithms, -D_GLIBCXX_PARALLEL.
#include <omp.h>

#include <numeric>

#include "harness.hpp"

int main(int count, char** arguments) {
    if (count != 3) return usage(arguments[0]);
    const std::string row = arguments[1];
    omp_set_num_threads(atoi(arguments[2]));
    if (row == "sum-50M") {
        const auto values = floats(50000000);
        serveMilliseconds(nothing,
                          [&] { return std::accumulate(values.begin(), values.end(), 0.0f); },
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
    } else if (!serveSorts(
                   row, [](auto& values) { std::sort(values.begin(), values.end()); },
                   [](auto& values) {
                       std::stable_sort(values.begin(), values.end(), [](auto& a, auto& b) {
                           return a.key < b.key;
                       });
                   })) {
        return declineRow();
    }
}
