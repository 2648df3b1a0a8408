// The protocol between a program and the driver, the input of every row, its digest.
// The same as Sources/RowHarness, in C++.
#pragma once
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

inline int64_t nanoseconds(clockid_t clock = CLOCK_MONOTONIC) {
    timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

struct Turn {
    double value;
    std::string checksum;
};

inline std::string text(uint64_t number) { return std::to_string(number); }
inline std::string text(double number) {
    char buffer[40];
    snprintf(buffer, sizeof buffer, "%.17g", number);
    return buffer;
}

// Serves turns to the driver: one to warm up, then one for each line on the standard input.
template <class TakeTurn>
void serve(TakeTurn turn) {
    turn();
    puts("ready");
    fflush(stdout);
    char line[16];
    while (fgets(line, sizeof line, stdin)) {
        Turn result = turn();
        printf("%.9g %s\n", result.value, result.checksum.c_str());
        fflush(stdout);
    }
}

// Serves a row whose value is the time of `run` in milliseconds; what it returns is destroyed after
// the clock was read. `restore` and `checksum` are not timed.
template <class Restore, class Run, class Checksum>
void serveMilliseconds(Restore restore, Run run, Checksum checksum) {
    serve([&] {
        restore();
        const int64_t start = nanoseconds();
        auto result = run();
        const int64_t elapsed = nanoseconds() - start;
        return Turn{elapsed / 1e6, text(checksum(result))};
    });
}

inline void nothing() {}

// A row whose value is the nanoseconds of one `body`, called over and over.
template <class Body>
void serveLoop(Body body) {
    serve([&] {
        const int count = 10000;
        const int64_t start = nanoseconds();
        for (int index = 0; index < count; ++index) body();
        return Turn{double(nanoseconds() - start) / count, std::to_string(count)};
    });
}

// The same for calls after 2 ms of silence each, their median.
template <class Body>
void servePaused(Body body) {
    serve([&] {
        std::vector<int64_t> times(50);
        for (auto& time : times) {
            usleep(2000);
            const int64_t start = nanoseconds();
            body();
            time = nanoseconds() - start;
        }
        std::nth_element(times.begin(), times.begin() + 25, times.end());
        return Turn{double(times[25]), std::to_string(times.size())};
    });
}

// A row whose value is the CPU milliseconds of one second of waiting.
template <class Work>
void serveIdle(Work work) {
    serve([&] {
        const uint64_t result = work();
        const int64_t cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID), wall = nanoseconds();
        usleep(1000000);
        const int64_t used = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        return Turn{used * 1e3 / double(nanoseconds() - wall), text(result)};
    });
}

constexpr uint64_t golden = 0x9E3779B97F4A7C15;

inline uint64_t mixed(uint64_t word) {
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
}

inline uint64_t randomAt(uint64_t index) { return mixed((index + 1) * golden); }

template <class Word>
uint64_t digest(size_t count, Word word) {
    uint64_t digest = 0;
    for (size_t index = 0; index < count; ++index)
        digest += mixed(word(index) + (index + 1) * golden);
    return digest;
}

// Memory that nobody has written yet: what a user takes who does not want it filled twice.
template <class Element>
struct Array {
    std::unique_ptr<Element[]> elements;
    size_t count;
    explicit Array(size_t count) : elements(new Element[count]), count(count) {}
    Element* begin() const { return elements.get(); }
    Element* end() const { return elements.get() + count; }
    Element& operator[](size_t index) const { return elements[index]; }
};

inline uint64_t digest(const Array<float>& values) {
    return digest(values.count, [&](size_t index) {
        uint32_t bits;
        memcpy(&bits, &values[index], 4);
        return uint64_t(bits);
    });
}
inline uint64_t digest(const Array<uint32_t>& values) {
    return digest(values.count, [&](size_t index) { return uint64_t(values[index]); });
}
inline uint64_t digest(const std::vector<uint64_t>& values) {
    return digest(values.size(), [&](size_t index) { return values[index]; });
}

inline Array<float> floats(size_t count, size_t first = 0) {
    Array<float> values(count);
    for (size_t index = 0; index < count; ++index)
        values[index] = float(int(randomAt(first + index) % 17) - 8);
    return values;
}

inline Array<uint32_t> words(size_t count) {
    Array<uint32_t> values(count);
    for (size_t index = 0; index < count; ++index) values[index] = randomAt(index) >> 32;
    return values;
}

constexpr uint32_t middleWord = 1u << 31;

// False when it is no row of keys to sort.
inline bool keys(const std::string& row, std::vector<uint64_t>& values) {
    const size_t count = 10000000;
    values.resize(count);
    for (size_t index = 0; index < count; ++index) {
        if (row == "sort-random") values[index] = randomAt(index);
        else if (row == "sort-sorted") values[index] = index;
        else if (row == "sort-reversed") values[index] = count - 1 - index;
        else if (row == "sort-few") values[index] = randomAt(index) >> 60;
        else if (row == "sort-organ-pipe") values[index] = std::min(index, count - 1 - index);
        else return false;
    }
    return true;
}

struct Record {
    uint64_t key, payload;
};

inline std::vector<Record> records() {
    std::vector<Record> values(5000000);
    for (size_t index = 0; index < values.size(); ++index)
        values[index] = {randomAt(index) >> 44, index};
    return values;
}

inline uint64_t digest(const std::vector<Record>& values) {
    return digest(values.size(), [&](size_t index) { return values[index].key; }) * 31 +
           digest(values.size(), [&](size_t index) { return values[index].payload; });
}

inline std::vector<std::string> strings() {
    const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::vector<std::string> values(1000000);
    for (size_t index = 0; index < values.size(); ++index) {
        const size_t length = 8 + randomAt(index * 32 + 31) % 17;
        values[index].resize(length);
        for (size_t place = 0; place < length; ++place)
            values[index][place] = letters[randomAt(index * 32 + place) % 52];
    }
    return values;
}

inline uint64_t digest(const std::vector<std::string>& values) {
    return digest(values.size(), [&](size_t index) {
        uint64_t hash = 0xCBF29CE484222325;
        for (unsigned char letter : values[index]) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    });
}

// The sorts, given what sorts a range and what sorts records by key, the order of equals kept.
// False when it is no such row.
template <class Sort, class StableSort>
bool serveSorts(const std::string& row, Sort sort, StableSort stableSort) {
    std::vector<uint64_t> pristine;
    if (row == "stable-sort-5M") {
        const auto pristine = records();
        auto values = pristine;
        serveMilliseconds([&] { values = pristine; },
                          [&] { stableSort(values); return 0; },
                          [&](int) { return digest(values); });
    } else if (row == "sort-strings") {
        const auto pristine = strings();
        auto values = pristine;
        // Copies of their own, so that they lie in memory in the order in which they stand.
        serveMilliseconds([&] { values.clear(); values.shrink_to_fit(); values = pristine; },
                          [&] { sort(values); return 0; }, [&](int) { return digest(values); });
    } else if (keys(row, pristine)) {
        auto values = pristine;
        serveMilliseconds([&] { values = pristine; },
                          [&] { sort(values); return 0; }, [&](int) { return digest(values); });
    } else {
        return false;
    }
    return true;
}

// The loops that a row divides, the same for every way of dividing them in C++. Some stay out of
// line, so that they are compiled alike wherever they are called.

inline float sum(const float* values, size_t count) {
    float total = 0;
#pragma omp simd reduction(+ : total)
    for (size_t index = 0; index < count; ++index) total += values[index];
    return total;
}

inline uint64_t hash(uint64_t index) {
    index ^= index << 13;
    index ^= index >> 7;
    return index ^ (index << 17);
}

[[gnu::noinline]] inline uint64_t hashSum(uint64_t from, uint64_t to) {
    uint64_t total = 0;
    for (uint64_t index = from; index < to; ++index) total += hash(index);
    return total;
}

inline size_t countBelow(const uint32_t* values, size_t count) {
    size_t below = 0;
    for (size_t index = 0; index < count; ++index) below += values[index] < middleWord;
    return below;
}

// Copies the first `count` values below the middle, without a branch that cannot be foretold.
inline void copyBelow(const uint32_t* values, uint32_t* output, size_t count) {
    for (size_t index = 0, place = 0; place < count; ++index) {
        output[place] = values[index];
        place += values[index] < middleWord;
    }
}

struct Picture {
    static constexpr int size = 2000;
    std::vector<uint32_t> counts = std::vector<uint32_t>(size * size);

    [[gnu::noinline]] void fill(int row) {
        const double step = 2.5 / 2000.0, ci = -1.25 + row * step;
        for (int column = 0; column < size; ++column) {
            const double cr = -2.0 + column * step;
            double zr = 0, zi = 0;
            uint32_t count = 0;
            while (count < 256) {
                const double rr = zr * zr, ii = zi * zi;
                if (rr + ii > 4) break;
                zi = 2 * zr * zi + ci;
                zr = rr - ii + cr;
                ++count;
            }
            counts[row * size + column] = count;
        }
    }

    uint64_t checksum() const {
        return digest(counts.size(), [&](size_t index) { return uint64_t(counts[index]); });
    }
};

struct Bodies {
    static constexpr int count = 8192;
    std::vector<double> x, y, z, mass, ax, ay, az;

    Bodies() : x(count), y(count), z(count), mass(count), ax(count), ay(count), az(count) {
        const auto unit = [](uint64_t index) { return double(randomAt(index) >> 11) * 0x1p-53; };
        for (int body = 0; body < count; ++body) {
            x[body] = unit(4 * body);
            y[body] = unit(4 * body + 1);
            z[body] = unit(4 * body + 2);
            mass[body] = unit(4 * body + 3);
        }
    }

    [[gnu::noinline]] void accelerate(int body) {
        const double px = x[body], py = y[body], pz = z[body];
        double sx = 0, sy = 0, sz = 0;
        for (int other = 0; other < count; ++other) {
            const double dx = x[other] - px, dy = y[other] - py, dz = z[other] - pz;
            const double square = dx * dx + dy * dy + dz * dz + 1e-4;
            const double weight = mass[other] / (square * __builtin_sqrt(square));
            sx += dx * weight;
            sy += dy * weight;
            sz += dz * weight;
        }
        ax[body] = sx, ay[body] = sy, az[body] = sz;
    }

    double checksum() const {
        double total = 0;
        for (int body = 0; body < count; ++body)
            total = total + __builtin_fabs(ax[body]) + __builtin_fabs(ay[body]) +
                    __builtin_fabs(az[body]);
        return total;
    }
};

struct Matrices {
    static constexpr int size = 1024;
    Array<float> left = floats(size * size), right = floats(size * size, size * size);
    Array<float> product = Array<float>(size * size);

    [[gnu::noinline]] void multiply(int row) {
        float* __restrict target = product.begin() + row * size;
        std::fill(target, target + size, 0.0f);
        for (int inner = 0; inner < size; ++inner) {
            const float factor = left[row * size + inner];
            const float* source = right.begin() + inner * size;
            for (int column = 0; column < size; ++column) target[column] += factor * source[column];
        }
    }

    uint64_t checksum() const {
        return digest(size * size, [&](size_t index) { return uint64_t(int64_t(product[index])); });
    }
};

inline int usage(const char* program) {
    fprintf(stderr, "usage: %s ROW THREADS\n", program);
    return 2;
}

inline int declineRow() {
    puts("none");
    return 0;
}
