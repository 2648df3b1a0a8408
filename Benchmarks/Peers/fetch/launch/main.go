// Runs one command and prints what it took: "SECONDS CPU-SECONDS KILOBYTES STATUS", the status
// negative for a signal. Usage: launch LOG COMMAND…
//
// The driver does not start the programs itself, since Linux counts the memory of the parent, up to
// the exec, as the child's: this one has 2 MB, Python 20.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	output, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	program, err := exec.LookPath(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	nothing, err := os.Open(os.DevNull)
	if err != nil {
		log.Fatal(err)
	}
	start := time.Now()
	process, err := os.StartProcess(program, os.Args[2:], &os.ProcAttr{
		Files: []*os.File{nothing, output, output},
	})
	if err != nil {
		log.Fatal(err)
	}
	state, err := process.Wait()
	wall := time.Since(start)
	if err != nil {
		log.Fatal(err)
	}
	usage := state.SysUsage().(*syscall.Rusage)
	status := state.ExitCode()
	if signal := state.Sys().(syscall.WaitStatus); signal.Signaled() {
		status = -int(signal.Signal())
	}
	processor := state.UserTime() + state.SystemTime()
	fmt.Println(wall.Seconds(), processor.Seconds(), usage.Maxrss, status)
}
