package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
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

// Into reads what an error carries beside the members that all have into it, a pointer to a structure, and gives it.
func (p *Problem) Into(found error) error {
	into := reflect.ValueOf(found).Elem()
	for name, value := range objectOf(p.Body) {
		// One by one: a later version of the service may carry something else; which error it is still holds.
		member, err := json.Marshal(map[string]json.RawMessage{name: value})
		read := reflect.New(into.Type())
		read.Elem().Set(into)
		if err == nil && json.Unmarshal(member, read.Interface()) == nil {
			into.Set(read.Elem())
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
	// What is no problem has a status at least.
	sent := objectOf(response.Body)
	problem := &Problem{
		Status:    response.Status,
		Code:      memberOf[string](sent, "code"),
		Kind:      memberOf[Kind](sent, "kind"),
		Title:     memberOf[string](sent, "title"),
		Detail:    memberOf[string](sent, "detail"),
		Instance:  memberOf[string](sent, "instance"),
		Retryable: slices.Contains(retried, response.Status),
		Remedy:    memberOf[string](sent, "remedy"),
		Failures:  failuresOf(sent),
		RequestID: response.RequestID,
		Header:    response.Header,
		Body:      response.Body,
	}
	if retryable := memberOf[*bool](sent, "retryable"); retryable != nil {
		problem.Retryable = *retryable
	}
	if problem.Kind == "" {
		problem.Kind = kindOf(response.Status)
	}
	if problem.Code == "" {
		problem.Code = string(problem.Kind)
	}
	if response.Status >= 300 && response.Status < 400 && response.Status != http.StatusNotModified {
		problem.Detail = redirection(response.Header.Get("Location"))
	}
	return problem.typed(declared)
}

// redirection says what to do about an answer that sends the caller elsewhere.
func redirection(location string) string {
	if location != "" {
		location = " to " + location
	}
	return fmt.Sprintf("The server redirects%s: set the base URL to where the service is.", location)
}

func failuresOf(sent map[string]json.RawMessage) []Failure {
	var failures []Failure
	for _, each := range memberOf[[]json.RawMessage](sent, "errors") {
		if told := objectOf(each); told != nil {
			failures = append(failures, Failure{
				Pointer:   memberOf[string](told, "pointer"),
				Parameter: memberOf[string](told, "parameter"),
				Header:    memberOf[string](told, "header"),
				Code:      memberOf[string](told, "code"),
				Detail:    memberOf[string](told, "detail"),
			})
		}
	}
	return failures
}

// objectOf gives the members of an object; nil for what is none.
func objectOf(object []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(object, &members)
	return members
}

// memberOf reads a member by itself: one of another type is as if it were missing.
func memberOf[T any](members map[string]json.RawMessage, name string) T {
	var value, none T
	if json.Unmarshal(members[name], &value) != nil {
		return none
	}
	return value
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
