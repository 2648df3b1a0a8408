// Fetches a list with net/http and a pool of workers. Usage: client LIST FOLDER LIMIT CERTIFICATE
//
// A line of the list is an address, a space, and the name of the file.
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

func main() {
	list, folder, certificate := os.Args[1], os.Args[2], os.Args[4]
	limit, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	roots := x509.NewCertPool()
	text, err := os.ReadFile(certificate)
	if err != nil {
		log.Fatal(err)
	}
	roots.AppendCertsFromPEM(text)
	client := &http.Client{Transport: &http.Transport{
		// The default of 2 would close nearly every connection after its first use.
		MaxIdleConnsPerHost: limit,
		DisableCompression:  true,
		TLSClientConfig:     &tls.Config{RootCAs: roots},
	}}

	lines := make(chan string)
	var workers sync.WaitGroup
	for i := 0; i < limit; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for line := range lines {
				address, name, _ := strings.Cut(line, " ")
				if err := fetch(client, address, filepath.Join(folder, name)); err != nil {
					log.Fatal(err)
				}
			}
		}()
	}
	file, err := os.Open(list)
	if err != nil {
		log.Fatal(err)
	}
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
	close(lines)
	workers.Wait()
}

func fetch(client *http.Client, address, path string) error {
	response, err := client.Get(address)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, response.Status)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, response.Body); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
