// Serves the files of the table `fetch`. Usage: server CERTIFICATE
//
// Writes a certificate for 127.0.0.1 to the file CERTIFICATE, prints the ports for HTTP and HTTPS,
// and serves on all addresses until its input ends. GET /?index=I&size=N&delay=MS answers after MS
// milliseconds with N bytes of the pool (see pool.go) that start where the index says.
//
// Not net/http: a request costs it twice what it costs here, on processors that the clients need.
package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strconv"
	"time"
)

func main() {
	certificate, err := makeCertificate(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	plain := listen()
	secure := listen()
	configuration := &tls.Config{
		Certificates: []tls.Certificate{certificate},
		// So that all clients speak the same: not all of them know HTTP/2.
		NextProtos: []string{"http/1.1"},
		// Else the first 128 KB of a connection go out in records of one packet each.
		DynamicRecordSizingDisabled: true,
	}
	go accept(plain, func(connection net.Conn) { serve(connection, connection) })
	go accept(secure, func(connection net.Conn) {
		serve(tls.Server(connection, configuration), nil)
	})
	fmt.Println(port(plain), port(secure))
	io.Copy(io.Discard, os.Stdin)
}

func listen() net.Listener {
	listener, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

func port(listener net.Listener) int { return listener.Addr().(*net.TCPAddr).Port }

func accept(listener net.Listener, serve func(net.Conn)) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go serve(connection)
	}
}

// serve answers request after request. plain is the connection if it is not encrypted: then head
// and body go out in one call without being copied together.
func serve(connection net.Conn, plain net.Conn) {
	defer connection.Close()
	reader := bufio.NewReaderSize(connection, 8192)
	var answer []byte
	for {
		request, keepsAlive, err := readRequest(reader)
		if err != nil {
			return
		}
		if request.delay > 0 {
			time.Sleep(request.delay)
		}
		status := "200 OK"
		body := body(request.index, request.size)
		if body == nil {
			status = "404 Not Found"
		}
		answer = append(answer[:0], "HTTP/1.1 "...)
		answer = append(answer, status...)
		answer = append(answer, "\r\nContent-Type: application/octet-stream\r\nContent-Length: "...)
		answer = strconv.AppendInt(answer, int64(len(body)), 10)
		if !keepsAlive {
			answer = append(answer, "\r\nConnection: close"...)
		}
		answer = append(answer, "\r\n\r\n"...)
		if plain != nil {
			buffers := net.Buffers{answer, body}
			_, err = buffers.WriteTo(plain)
		} else {
			answer = append(answer, body...)
			_, err = connection.Write(answer)
		}
		if err != nil || !keepsAlive {
			return
		}
	}
}

type request struct {
	index, size int
	delay       time.Duration
}

// readRequest reads one request without a body; what the address does not say is 0.
func readRequest(reader *bufio.Reader) (parsed request, keepsAlive bool, err error) {
	line, err := reader.ReadSlice('\n')
	if err != nil {
		return
	}
	parsed.index = number(line, "index=")
	parsed.size = number(line, "size=")
	parsed.delay = time.Duration(number(line, "delay=")) * time.Millisecond
	keepsAlive = bytes.Contains(line, []byte(" HTTP/1.1"))
	for {
		line, err = reader.ReadSlice('\n')
		if err != nil {
			return
		}
		if len(line) <= 2 {
			return
		}
		if len(line) > 11 && bytes.EqualFold(line[:11], []byte("connection:")) {
			keepsAlive = !bytes.Contains(bytes.ToLower(line), []byte("close"))
		}
	}
}

func number(line []byte, name string) int {
	start := bytes.Index(line, []byte(name))
	if start < 0 {
		return 0
	}
	value := 0
	for _, digit := range line[start+len(name):] {
		if digit < '0' || digit > '9' {
			break
		}
		value = value*10 + int(digit-'0')
	}
	return value
}
