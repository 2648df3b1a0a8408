// Usage: concurrency ROW THREADS. See Benchmarks/README.md for the protocol and the rows.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

const (
	tasks    = 1000
	yields   = 1000
	spawned  = 100_000
	sleepers = 250_000
	elements = 200_000
	inFlight = 100
)

func main() {
	threads, err := strconv.Atoi(os.Args[len(os.Args)-1])
	if len(os.Args) != 3 || err != nil {
		fmt.Fprintln(os.Stderr, "usage: concurrency ROW THREADS")
		os.Exit(2)
	}
	runtime.GOMAXPROCS(threads)
	switch os.Args[1] {
	case "yield", "task-yield":
		serve(func() (float64, int) { return nanosecondsEach(tasks*yields, switches) })
	case "spawn":
		serve(func() (float64, int) { return nanosecondsEach(spawned, spawn) })
	case "sleep":
		serve(func() (float64, int) { return nanosecondsEach(sleepers, sleep) })
	case "sleep-memory":
		before := residentBytes()
		serve(func() (float64, int) { return bytesOfSleepers(before) })
	case "map-at-once":
		serve(func() (float64, int) { return nanosecondsEach(elements, func() { mapElements(func() {}) }) })
	case "map-yield":
		serve(func() (float64, int) {
			return nanosecondsEach(elements, func() { mapElements(runtime.Gosched) })
		})
	default:
		fmt.Println("none")
	}
}

func switches() {
	var group sync.WaitGroup
	for task := 0; task < tasks; task++ {
		group.Add(1)
		go func() {
			for yield := 0; yield < yields; yield++ {
				runtime.Gosched()
			}
			group.Done()
		}()
	}
	group.Wait()
}

func spawn() {
	for made := 0; made < spawned; made += 100 {
		var group sync.WaitGroup
		group.Add(100)
		for task := 0; task < 100; task++ {
			go group.Done()
		}
		group.Wait()
	}
}

func sleep() {
	var group sync.WaitGroup
	for task := 0; task < sleepers; task++ {
		group.Add(1)
		nap := time.Duration(200+task%100) * time.Millisecond
		go func() {
			time.Sleep(nap)
			group.Done()
		}()
	}
	group.Wait()
}

// Goroutines that sleep for an hour or until they are told otherwise.
func bytesOfSleepers(before int) (float64, int) {
	var asleep, ended sync.WaitGroup
	cancel := make(chan struct{})
	asleep.Add(sleepers)
	ended.Add(sleepers)
	for task := 0; task < sleepers; task++ {
		go func() {
			timer := time.NewTimer(time.Hour)
			asleep.Done()
			select {
			case <-timer.C:
			case <-cancel:
				timer.Stop()
			}
			ended.Done()
		}()
	}
	asleep.Wait()
	bytes := residentBytes() - before
	close(cancel)
	ended.Wait()
	return float64(bytes) / sleepers, sleepers
}

// As many workers as may be in flight, which take the next element until none is left.
func mapElements(body func()) {
	results := make([]int, elements)
	next := make(chan int, inFlight)
	var group sync.WaitGroup
	for worker := 0; worker < inFlight; worker++ {
		group.Add(1)
		go func() {
			for element := range next {
				body()
				results[element] = element + 1
			}
			group.Done()
		}()
	}
	for element := 0; element < elements; element++ {
		next <- element
	}
	close(next)
	group.Wait()
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

func nanosecondsEach(count int, run func()) (float64, int) {
	start := processorNanoseconds()
	run()
	return float64(processorNanoseconds()-start) / float64(count), count
}

func processorNanoseconds() int64 {
	var ts syscall.Timespec
	const processTime = 2 // CLOCK_PROCESS_CPUTIME_ID
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, processTime, uintptr(unsafe.Pointer(&ts)), 0)
	return ts.Nano()
}

func residentBytes() int {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		panic(err)
	}
	var size, resident int
	fmt.Sscan(string(text), &size, &resident)
	return resident * os.Getpagesize()
}
