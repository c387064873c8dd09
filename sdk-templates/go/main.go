//go:build wasip1

// Command hello is a function: a program that answers one request. It is compiled with -buildmode=c-shared, so that main is
// never called. What init does is in the snapshot that each request gets a fresh copy of.
package main

import (
	"log"

	"hello/hello"
	"hello/mayfly"
)

func init() {
	log.SetFlags(0) // the log has the time of each line already
	mayfly.Handle(hello.Handler())
}

func main() {}
