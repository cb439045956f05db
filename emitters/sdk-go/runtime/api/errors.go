package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Problem is an answer that is an error (RFC 9457). Every error of the service is one: errors.As finds it, or the type of its kind,
// such as [NotFoundError], or the one that the service declares for its code.
type Problem struct {
	// Status is the HTTP status.
	Status int
	// Code tells which error it is.
	Code string
	// Kind tells of which kind it is.
	Kind Kind
	// Title names the error, for people.
	Title string
	// Detail says what went wrong this time, for people.
	Detail string
	// Instance names this occurrence.
	Instance string
	// Retryable is true when the same request may succeed later.
	Retryable bool
	// Remedy says what can be done about it.
	Remedy string
	// Failures are all failures of the request, each with its place.
	Failures []Failure
	// RequestID is the server's name for the request; quote it when you ask for help.
	RequestID string
	// Header has the headers of the answer.
	Header http.Header
	// Body is the answer as it was sent.
	Body []byte
}

// Failure is one failure of a request that has several.
type Failure struct {
	// Pointer is its place in the body, a JSON pointer such as `#/price/amount`.
	Pointer string `json:"pointer"`
	// Parameter is the parameter of the path or the query.
	Parameter string `json:"parameter"`
	// Header is the header.
	Header string `json:"header"`
	// Code says what is wrong, for programs.
	Code string `json:"code"`
	// Detail says what is wrong, for people.
	Detail string `json:"detail"`
}

// Error says what went wrong: "409 isbn_taken: Another book has this ISBN. (request 0192)".
func (p *Problem) Error() string {
	text := fmt.Sprintf("%d %s", p.Status, p.Code)
	if said := cmp.Or(p.Detail, p.Title); said != "" {
		text += ": " + said
	}
	return text + traced(p.RequestID)
}

// Into reads what an error carries beside the members that all have, and gives the error.
func (p *Problem) Into(found error) error {
	var sent map[string]json.RawMessage
	_ = json.Unmarshal(p.Body, &sent)
	for name, value := range sent {
		// One by one: a later version of the service may carry something else; which error it is still holds.
		if member, err := json.Marshal(map[string]json.RawMessage{name: value}); err == nil {
			_ = json.Unmarshal(member, found)
		}
	}
	return found
}

// Declared is an error that an operation declares.
type Declared struct {
	// Code is its code on the wire.
	Code string
	// Of makes the error of a problem with that code.
	Of func(*Problem) error
}

var retried = []int{408, 429, 502, 503, 504}

// problemOf gives the error that an answer is: the declared one of its code, else the one of its kind.
func problemOf(response *Response, declared []Declared) error {
	var sent struct {
		Code      string    `json:"code"`
		Kind      Kind      `json:"kind"`
		Title     string    `json:"title"`
		Detail    string    `json:"detail"`
		Instance  string    `json:"instance"`
		Retryable *bool     `json:"retryable"`
		Remedy    string    `json:"remedy"`
		Errors    []Failure `json:"errors"`
	}
	// What is no problem has a status at least. Members of another type than theirs are passed over.
	_ = json.Unmarshal(response.Body, &sent)
	problem := &Problem{
		Status:    response.Status,
		Code:      sent.Code,
		Kind:      sent.Kind,
		Title:     sent.Title,
		Detail:    sent.Detail,
		Instance:  sent.Instance,
		Retryable: slices.Contains(retried, response.Status),
		Remedy:    sent.Remedy,
		Failures:  sent.Errors,
		RequestID: response.RequestID,
		Header:    response.Header,
		Body:      response.Body,
	}
	if sent.Retryable != nil {
		problem.Retryable = *sent.Retryable
	}
	if problem.Kind == "" {
		problem.Kind = kindOf(response.Status)
	}
	if problem.Code == "" {
		problem.Code = string(problem.Kind)
	}
	if to := response.Header.Get("Location"); to != "" && response.Status < 400 {
		problem.Detail = fmt.Sprintf("The server redirects to %s: set the base URL to where the service is.", to)
	}
	return problem.typed(declared)
}

func (p *Problem) typed(declared []Declared) error {
	for _, known := range declared {
		if known.Code == p.Code {
			return known.Of(p)
		}
	}
	for _, known := range kinds {
		if known.kind == p.Kind {
			return known.of(p)
		}
	}
	return p
}

// RequestError says that a call cannot be sent as it was made: nothing was sent, and it would not help to try again.
type RequestError struct {
	// Operation is what was called, "books.get".
	Operation string
	// Cause says what is wrong with the call.
	Cause error
}

// Error says what went wrong.
func (e *RequestError) Error() string { return e.Operation + ": " + e.Cause.Error() }

// Unwrap gives the cause.
func (e *RequestError) Unwrap() error { return e.Cause }

// ConnectionError says that no answer came: the connection failed.
type ConnectionError struct {
	// Cause says why.
	Cause error
}

// Error says what went wrong.
func (e *ConnectionError) Error() string { return "the connection failed: " + e.Cause.Error() }

// Unwrap gives the cause.
func (e *ConnectionError) Unwrap() error { return e.Cause }

// RequestTimeoutError says that no answer came in the time that the call, or its attempt, was given. It is a [ConnectionError], and
// its cause is context.DeadlineExceeded.
type RequestTimeoutError struct {
	*ConnectionError
	// Limit is that time.
	Limit time.Duration
}

// Error says what went wrong.
func (e *RequestTimeoutError) Error() string { return fmt.Sprintf("no answer within %s", e.Limit) }

// Unwrap gives the error of the connection.
func (e *RequestTimeoutError) Unwrap() error { return e.ConnectionError }

// DecodeError says that an answer is not what the service declares.
type DecodeError struct {
	// Response is the answer.
	Response *Response
	// Cause says what does not fit.
	Cause error
}

// Error says what went wrong.
func (e *DecodeError) Error() string {
	return fmt.Sprintf("the answer with status %d cannot be read: %v%s", e.Response.Status, e.Cause, traced(e.Response.RequestID))
}

// Unwrap gives the cause.
func (e *DecodeError) Unwrap() error { return e.Cause }

// traced gives the end of an error's text.
func traced(requestID string) string {
	if requestID == "" {
		return ""
	}
	return " (request " + requestID + ")"
}
