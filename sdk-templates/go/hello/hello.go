// Package hello is what the function answers: a handler as for any other server.
package hello

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"unicode/utf8"
)

// Handler answers every path.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", welcome)
	mux.HandleFunc("/agent", agent)
	mux.HandleFunc("POST /echo", echo)
	mux.HandleFunc("/cookies", cookies)
	mux.HandleFunc("/teapot", teapot)
	mux.HandleFunc("/fail", fail)
	mux.HandleFunc("/", notFound)
	return mux
}

// welcome shows a variable from app.toml, and what is known of the request.
func welcome(w http.ResponseWriter, r *http.Request) {
	text(w, http.StatusOK, "%s from Go\nmethod: %s\npath: %s\nX-Request-Id: %s\n",
		os.Getenv("GREETING"), r.Method, r.URL.Path, os.Getenv("X_REQUEST_ID"))
}

// agent shows a header and the query, as they arrived.
func agent(w http.ResponseWriter, r *http.Request) {
	text(w, http.StatusOK, "User-Agent: %s\nquery: %s\n", r.UserAgent(), r.URL.RawQuery)
}

// echo answers the body as JSON; one that is no UTF-8 is the caller's mistake.
func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		log.Fatalf("the body cannot be read: %v", err)
	}
	if !utf8.Valid(body) {
		text(w, http.StatusBadRequest, "the body is no UTF-8\n")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	answer := struct {
		Bytes int    `json:"bytes"`
		Body  string `json:"body"`
	}{len(body), string(body)}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.Printf("the answer did not leave: %v", err)
	}
}

func cookies(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: "flavour", Value: "oat", Path: "/"})
	http.SetCookie(w, &http.Cookie{Name: "size", Value: "small", Path: "/", HttpOnly: true})
	text(w, http.StatusOK, "you sent: %s\n", r.Header.Get("Cookie"))
}

func teapot(w http.ResponseWriter, _ *http.Request) {
	text(w, http.StatusTeapot, "short and stout\n")
}

// fail ends the program before there is an answer: the caller sees a 502, the log says why.
func fail(http.ResponseWriter, *http.Request) {
	log.Fatal("giving up before there is an answer")
}

func notFound(w http.ResponseWriter, r *http.Request) {
	log.Printf("no page %s", r.URL.Path)
	text(w, http.StatusNotFound, "no page %s\n", r.URL.Path)
}

func text(w http.ResponseWriter, status int, format string, values ...any) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, format, values...)
}
