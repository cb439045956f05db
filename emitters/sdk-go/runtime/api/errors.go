package api

import (
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

// Error says what went wrong.
func (p *Problem) Error() string {
	switch {
	case p.Detail != "":
		return p.Detail
	case p.Title != "":
		return p.Title
	default:
		return fmt.Sprintf("the server answered with status %d", p.Status)
	}
}

// Into reads what an error carries beside the members that all have, and gives the error.
func (p *Problem) Into(found error) error {
	// A later version of the service may carry something else; which error it is still holds.
	_ = json.Unmarshal(p.Body, found)
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
	// What is no problem has a status at least.
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
	return fmt.Sprintf("the answer with status %d cannot be read: %v", e.Response.Status, e.Cause)
}

// Unwrap gives the cause.
func (e *DecodeError) Unwrap() error { return e.Cause }
