#pragma once
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has what `tutti_partition_words` needs.
int tutti_partitions_words(void);

/// Moves the words below a pivot before the others, in no order; returns how many they are.
/// Words are compared as unsigned numbers after an exclusive or with `flip`: 0 for unsigned words,
/// the highest bit for signed ones. Only where `tutti_partitions_words` says so.
size_t tutti_partition_words(uint64_t *words, size_t count, uint64_t pivot, uint64_t flip);
