#include "include/partition.h"

// A partition by vectors of four words: one comparison, one permutation that brings the lower words
// to the front and leaves the others behind them, and two stores of the whole result, at the lower
// and at the upper border. Each store has its share in place, and what it writes beyond that lies in
// the gap between the borders, where nothing is kept.
// Sources: Gueron and Krasnov, "Fast Quicksort Implementation Using AVX Instructions", 2016; Bramas,
// "A Novel Hybrid Quicksort Algorithm Vectorized Using AVX-512 on Intel Skylake", 2017.

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2,popcnt")))

enum {
    LANES = 4,
    VECTORS = 8,
    // Read at a time from one end; the words of one block at each end are kept aside, so the gap
    // is never shorter than a block.
    BLOCK = LANES * VECTORS,
    // Up to here words are dealt out one by one, by way of a buffer.
    FEW = 2 * BLOCK,
};

#define LANE(i) 2 * i, 2 * i + 1
#define ORDER(a, b, c, d) {LANE(a), LANE(b), LANE(c), LANE(d)}

// For each set of lower lanes: these first, then the others, as halves of lanes.
static const int32_t lower_first[16][2 * LANES] = {
    ORDER(0, 1, 2, 3), ORDER(0, 1, 2, 3), ORDER(1, 0, 2, 3), ORDER(0, 1, 2, 3),
    ORDER(2, 0, 1, 3), ORDER(0, 2, 1, 3), ORDER(1, 2, 0, 3), ORDER(0, 1, 2, 3),
    ORDER(3, 0, 1, 2), ORDER(0, 3, 1, 2), ORDER(1, 3, 0, 2), ORDER(0, 1, 3, 2),
    ORDER(2, 3, 0, 1), ORDER(0, 2, 3, 1), ORDER(1, 2, 3, 0), ORDER(0, 1, 2, 3),
};

int tutti_partitions_words(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

// The two borders: lower words lie before `low`, the others from `high` on.
typedef struct {
    uint64_t *low, *high;
} borders;

AVX2 static inline __attribute__((always_inline)) borders deal(
    borders at, __m256i words, __m256i pivot, __m256i flip) {
    __m256i is_lower = _mm256_cmpgt_epi64(pivot, _mm256_xor_si256(words, flip));
    int lanes = _mm256_movemask_pd(_mm256_castsi256_pd(is_lower));
    __m256i order = _mm256_loadu_si256((const __m256i *)lower_first[lanes]);
    __m256i sorted = _mm256_permutevar8x32_epi32(words, order);
    _mm256_storeu_si256((__m256i *)at.low, sorted);
    _mm256_storeu_si256((__m256i *)(at.high - LANES), sorted);
    int lower = __builtin_popcount((unsigned)lanes);
    return (borders){at.low + lower, at.high - (LANES - lower)};
}

static inline borders deal_one(borders at, uint64_t word, uint64_t pivot, uint64_t flip) {
    if ((word ^ flip) < pivot)
        *at.low++ = word;
    else
        *--at.high = word;
    return at;
}

static size_t partition_few(uint64_t *words, size_t count, uint64_t pivot, uint64_t flip) {
    uint64_t others[FEW];
    size_t lower = 0;
    for (size_t i = 0; i < count; i++) {
        // Both written, one of them kept: no branch to mispredict.
        uint64_t word = words[i];
        others[i - lower] = word;
        words[lower] = word;
        lower += (word ^ flip) < pivot;
    }
    memcpy(words + lower, others, (count - lower) * sizeof *words);
    return lower;
}

AVX2 size_t tutti_partition_words(uint64_t *words, size_t count, uint64_t pivot, uint64_t flip) {
    pivot ^= flip;
    if (count <= FEW) return partition_few(words, count, pivot, flip);

    // The comparison of vectors is signed.
    const uint64_t sign = UINT64_C(1) << 63;
    const __m256i pivots = _mm256_set1_epi64x((long long)(pivot ^ sign));
    const __m256i flips = _mm256_set1_epi64x((long long)(flip ^ sign));

    uint64_t ends[2 * BLOCK];
    memcpy(ends, words, sizeof ends / 2);
    memcpy(ends + BLOCK, words + count - BLOCK, sizeof ends / 2);
    borders at = {words, words + count};
    uint64_t *first = words + BLOCK, *last = words + count - BLOCK;  // not yet read
    while (last - first >= BLOCK) {
        // From the end that has less room between what is written and what is read; which one that
        // is, nobody can predict, so it is computed and not branched on.
        ptrdiff_t from_low = -(ptrdiff_t)(first - at.low <= at.high - last);
        const uint64_t *block = last - BLOCK + ((first - last + BLOCK) & from_low);
        first += BLOCK & from_low;
        last -= BLOCK & ~from_low;
        __m256i vectors[VECTORS];
        for (int i = 0; i < VECTORS; i++)
            vectors[i] = _mm256_loadu_si256((const __m256i *)(block + LANES * i));
        for (int i = 0; i < VECTORS; i++) at = deal(at, vectors[i], pivots, flips);
    }

    uint64_t rest[BLOCK];
    size_t rest_count = (size_t)(last - first);
    memcpy(rest, first, rest_count * sizeof *rest);
    for (size_t i = 0; i < rest_count; i++) at = deal_one(at, rest[i], pivot, flip);
    // The gap is as long as what was kept aside. The last vector would not leave room for two
    // stores, one for its lower words and one for the others.
    for (int i = 0; i < 2 * BLOCK - LANES; i += LANES)
        at = deal(at, _mm256_loadu_si256((const __m256i *)(ends + i)), pivots, flips);
    for (int i = 2 * BLOCK - LANES; i < 2 * BLOCK; i++) at = deal_one(at, ends[i], pivot, flip);
    return (size_t)(at.low - words);
}

#else

// Swift's own partition serves.
int tutti_partitions_words(void) { return 0; }
size_t tutti_partition_words(uint64_t *words, size_t count, uint64_t pivot, uint64_t flip) {
    (void)words, (void)count, (void)pivot, (void)flip;
    return 0;
}

#endif
