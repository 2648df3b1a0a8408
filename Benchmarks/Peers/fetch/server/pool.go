package main

import "encoding/binary"

// The driver has the same figures: Driver/fetch_files.py.
const (
	poolSize = 1 << 20
	stride   = 64
	longest  = 1 << 20
)

// pool is the splitmix64 sequence from seed 0, little-endian, followed by its own start.
var pool = makePool()

func makePool() []byte {
	bytes := make([]byte, poolSize, poolSize+longest)
	state := uint64(0)
	for place := 0; place < poolSize; place += 8 {
		state += 0x9E3779B97F4A7C15
		mixed := state
		mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9
		mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB
		binary.LittleEndian.PutUint64(bytes[place:], mixed^(mixed>>31))
	}
	return append(bytes, bytes[:longest]...)
}

// body returns the file of that index; nil when it would be too long.
func body(index, size int) []byte {
	if size > longest {
		return nil
	}
	start := index * stride % poolSize
	return pool[start : start+size]
}
