package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
)

// fault is what the server in front of the bookstore does with a request.
type fault map[string]any

// seen is a request that the server has seen.
type seen struct {
	Method  string            `json:"method"`
	Target  string            `json:"target"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

var (
	baseURL = os.Getenv("BASE_URL")
	token   = os.Getenv("TOKEN")
)

// begin begins a scenario.
func begin(name string) {
	control(http.MethodPost, "scenario", map[string]string{"name": name}, nil)
}

// faults tells the server what to do with the next requests.
func faults(all ...fault) {
	control(http.MethodPost, "faults", all, nil)
}

// requests gives those of the scenario so far.
func requests() []seen {
	var all []seen
	control(http.MethodGet, "requests", nil, &all)
	return all
}

// reads gives the requests of the scenario that read.
func reads() []seen {
	return with(http.MethodGet)
}

// with gives the requests of the scenario with a method.
func with(method string) []seen {
	var found []seen
	for _, one := range requests() {
		if one.Method == method {
			found = append(found, one)
		}
	}
	return found
}

// creates gives the requests of the scenario that create books.
func creates() []seen {
	var found []seen
	for _, one := range with(http.MethodPost) {
		if one.Target == "/v1/books" {
			found = append(found, one)
		}
	}
	return found
}

func control(method, name string, body, into any) {
	var text bytes.Buffer
	if body != nil {
		must(json.NewEncoder(&text).Encode(body))
	}
	request, err := http.NewRequest(method, baseURL+"/_matrix/"+name, &text)
	must(err)
	response, err := http.DefaultClient.Do(request)
	must(err)
	answer, err := io.ReadAll(response.Body)
	must(err)
	must(response.Body.Close())
	expect(response.StatusCode < 300, "the server says", strings.TrimSpace(string(answer)))
	if into != nil {
		must(json.Unmarshal(answer, into))
	}
}

// answer is a fault: the server answers itself.
func answer(status int, headers map[string]string, body any) fault {
	what := map[string]any{"status": status, "headers": headers}
	if body != nil {
		what["body"] = body
	}
	return fault{"answer": what}
}

var (
	atOnce = map[string]string{"retry-after": "0"}
	busy   = answer(503, atOnce, nil)
	slow   = fault{"delay_ms": 3000}
)
