// Programs in goroutines. Usage: others NAME [PORT].
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
)

var sink uint64

// About 20 ms on a core of 4 GHz.
func compute(units int) uint64 {
	value := uint64(units)
	for i := 0; i < units*20_000_000; i++ {
		value = value*6364136223846793005 + 1442695040888963407
	}
	return value
}

func request(port string) {
	transport := &http.Transport{DisableKeepAlives: true}
	response, err := (&http.Client{Transport: transport}).Get("http://127.0.0.1:" + port + "/")
	if err != nil {
		panic(err)
	}
	io.Copy(io.Discard, response.Body)
	response.Body.Close()
}

func together(count int, body func(int)) {
	var group sync.WaitGroup
	for i := 0; i < count; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			body(i)
		}(i)
	}
	group.Wait()
}

func main() {
	port := ""
	if len(os.Args) > 2 {
		port = os.Args[2]
	}
	switch os.Args[1] {
	case "requests":
		for i := 0; i < 12; i++ {
			request(port)
		}
	case "requests-12":
		together(12, func(int) { request(port) })
	case "requests-20":
		// Many rounds, so that what is seen is not the start.
		for round := 0; round < 8; round++ {
			together(20, func(int) { request(port) })
		}
	case "compute":
		for i := 0; i < 32; i++ {
			sink ^= compute(1)
		}
	case "goroutines":
		results := make([]uint64, 32)
		together(32, func(i int) { results[i] = compute(1) })
	case "mutex":
		var lock sync.Mutex
		together(4, func(int) {
			for i := 0; i < 8; i++ {
				lock.Lock()
				sink ^= compute(1)
				lock.Unlock()
			}
		})
	default:
		fmt.Fprintln(os.Stderr, "no program", os.Args[1])
		os.Exit(2)
	}
}
