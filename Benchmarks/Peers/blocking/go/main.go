// Usage: blocking ROW THREADS. See Benchmarks/README.md for the protocol and the rows.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

const blockingCalls, computingCalls = 1000, 100

func main() {
	threads, err := strconv.Atoi(os.Args[len(os.Args)-1])
	if len(os.Args) != 3 || err != nil {
		fmt.Fprintln(os.Stderr, "usage: blocking ROW THREADS")
		os.Exit(2)
	}
	runtime.GOMAXPROCS(threads)
	var blocking, computing, mixed []func()
	for call := 0; call < blockingCalls; call++ {
		blocking = append(blocking, block)
	}
	for call := 0; call < computingCalls; call++ {
		call := call
		computing = append(computing, func() { compute(call) })
		mixed = append(append(mixed, blocking[:10]...), computing[call])
	}
	switch os.Args[1] {
	case "blocking-1000":
		serve(func() (float64, int) { return milliseconds(blocking) })
	case "mixed":
		serve(func() (float64, int) { return milliseconds(mixed) })
	case "computing":
		serve(func() (float64, int) { return milliseconds(computing) })
	case "idle":
		serve(func() (float64, int) {
			milliseconds(blocking[:20])
			return processorMillisecondsOfASecond(), 0
		})
	default:
		fmt.Println("none")
	}
}

// A call that blocks its thread, as a database's driver in C does; time.Sleep would not.
func block() {
	request := syscall.NsecToTimespec(50_000_000)
	syscall.Nanosleep(&request, nil)
}

var sink uint64

func compute(seed int) {
	word := uint64(seed) | 1
	for step := 0; step < 11_800_000; step++ {
		word ^= word << 13
		word ^= word >> 7
		word ^= word << 17
	}
	atomic.AddUint64(&sink, word)
}

func milliseconds(calls []func()) (float64, int) {
	start := time.Now()
	var group sync.WaitGroup
	group.Add(len(calls))
	for _, call := range calls {
		call := call
		go func() {
			call()
			group.Done()
		}()
	}
	group.Wait()
	return time.Since(start).Seconds() * 1e3, len(calls)
}

func processorMillisecondsOfASecond() float64 {
	used, start := processorNanoseconds(), time.Now()
	time.Sleep(time.Second)
	return float64(processorNanoseconds()-used) / 1e6 / time.Since(start).Seconds()
}

func processorNanoseconds() int64 {
	var ts syscall.Timespec
	const processTime = 2 // CLOCK_PROCESS_CPUTIME_ID
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, processTime, uintptr(unsafe.Pointer(&ts)), 0)
	return ts.Nano()
}

func serve(turn func() (float64, int)) {
	turn()
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		value, checksum := turn()
		fmt.Println(value, checksum)
	}
}
