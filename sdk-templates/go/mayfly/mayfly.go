//go:build wasip1

// Package mayfly answers requests with an [http.Handler]. It is one file over net/http/cgi, and does what that cannot know: the
// program is started once and then frozen, so environment and arguments must be asked for again in each request.
package mayfly

import (
	"fmt"
	"log"
	"net/http"
	"net/http/cgi"
	"os"
	"strings"
)

var handler http.Handler

// Handle says what answers requests; nil is [http.DefaultServeMux]. To be called by an init function: what is built then is built
// once, and not in each request.
func Handle(h http.Handler) {
	handler = h
}

// answer is what Mayfly calls for each request, after the reactor's _initialize, which Go's linker adds: it starts the runtime
// and runs init functions.
//
//go:wasmexport handle
func answer() {
	if err := refresh(); err != nil {
		log.Fatal(err)
	}
	if err := cgi.Serve(handler); err != nil {
		log.Fatal(err)
	}
}

// refresh makes the environment and the arguments those of the request.
func refresh() error {
	environment, err := strs("environ", environSizesGet, environGet)
	if err != nil {
		return err
	}
	os.Clearenv()
	for _, variable := range environment {
		name, value, _ := strings.Cut(variable, "=")
		if err := os.Setenv(name, value); err != nil {
			return fmt.Errorf("the variable %q: %w", name, err)
		}
	}
	// PATH_INFO is decoded, and net/http/cgi would decode it again; this is the target as it was sent.
	target := os.Getenv("SCRIPT_NAME") + os.Getenv("X_RAW_PATH_INFO")
	if query := os.Getenv("QUERY_STRING"); query != "" {
		target += "?" + query
	}
	if err := os.Setenv("REQUEST_URI", target); err != nil {
		return fmt.Errorf("the request's target: %w", err)
	}
	os.Args, err = strs("args", argsSizesGet, argsGet)
	return err
}

// strs asks the host for a list of texts, each of which ends with a NUL.
func strs(what string, sizes func(count, size *uint32) uint32, get func(table *uint32, texts *byte) uint32) ([]string, error) {
	var count, size uint32
	if errno := sizes(&count, &size); errno != 0 {
		return nil, fmt.Errorf("%s_sizes_get: WASI error %d", what, errno)
	}
	if count == 0 {
		return nil, nil
	}
	table, texts := make([]uint32, count), make([]byte, size)
	if errno := get(&table[0], &texts[0]); errno != 0 {
		return nil, fmt.Errorf("%s_get: WASI error %d", what, errno)
	}
	return strings.Split(strings.TrimSuffix(string(texts), "\x00"), "\x00"), nil
}

//go:wasmimport wasi_snapshot_preview1 environ_sizes_get
func environSizesGet(count, size *uint32) uint32

//go:wasmimport wasi_snapshot_preview1 environ_get
func environGet(table *uint32, texts *byte) uint32

//go:wasmimport wasi_snapshot_preview1 args_sizes_get
func argsSizesGet(count, size *uint32) uint32

//go:wasmimport wasi_snapshot_preview1 args_get
func argsGet(table *uint32, texts *byte) uint32
