// Package api is what all operations share: the client, errors, paging, and the types that JSON does not have.
package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"time"
)

// Call is what an operation sends.
type Call struct {
	// Operation is its name, "books.publish".
	Operation string
	// Method is the HTTP method.
	Method string
	// Path is the path below the base URL, with braces for keys.
	Path string
	// Keys stand in the braces, in order.
	Keys []any
	// Params are a structure whose tags `query` and `header` name parameters.
	Params any
	// Body is the body; nil for none.
	Body any
	// IfMatch is the entity tag that it must name, where it must name one.
	IfMatch string
	// Errors are those that it declares.
	Errors []Declared
	// Takes are the options of a single call that it takes.
	Takes Takes

	// Which page, under which name; for lists.
	place pair
}

// Takes are options that not every call takes.
type Takes uint

// The options that not every call takes.
const (
	IdempotencyKey Takes = 1 << iota
	IfMatch
	ShowDeleted
	Force
	Expand
	Fields
)

var takesNames = []string{"IdempotencyKey", "IfMatch", "ShowDeleted", "Force", "Expand", "Fields"}

// Client sends calls, repeats those that may succeed later, and reads the answers. It may be used by several goroutines.
type Client struct{ settings Settings }

// NewClient makes a client. It fails when nothing says where the service is.
func NewClient(service Service, options ...Option) (*Client, error) {
	settings, err := settle(service, options)
	if err != nil {
		return nil, err
	}
	return &Client{settings}, nil
}

// Do sends a call and reads the answer into a value; nil for none. It is what all operations go through, and the way to call what the
// package does not know.
func (c *Client) Do(ctx context.Context, call Call, into any, options ...Option) error {
	settings := c.settings.with(options)
	sent, path, err := settings.prepare(call)
	if err != nil {
		return &RequestError{Operation: call.Operation, Cause: err}
	}
	begun := time.Now()
	ctx, cancel := limited(ctx, settings.Timeout)
	defer cancel()
	info := CallInfo{Operation: call.Operation, Method: call.Method, Route: call.Path}
	ctx, end := settings.around(ctx, info)
	run := &run{settings: settings, call: call, request: sent, info: AttemptInfo{CallInfo: info, Path: path}}
	response, err := run.all(ctx)
	if err == nil {
		err = decode(response, into)
	}
	result := CallResult{CallInfo: info, Attempts: run.attempts, Duration: time.Since(begun), Err: err}
	if response != nil {
		result.Status, result.RequestID = response.Status, response.RequestID
		if settings.Call.Response != nil {
			*settings.Call.Response = *response
		}
	}
	end(result)
	return err
}

// decode reads an answer into a value. Where there is none, an answer need only be JSON.
func decode(response *Response, into any) error {
	var cause error
	switch body := bytes.TrimSpace(response.Body); {
	case into != nil && len(body) == 0:
		cause = errors.New("it is empty")
	case into != nil && string(body) == "null" && !takesNull(into):
		cause = errors.New("it is null")
	case into != nil:
		cause = json.Unmarshal(body, into)
	case len(body) > 0 && !json.Valid(body):
		cause = errors.New("it is no JSON")
	}
	if cause != nil {
		return &DecodeError{Response: response, Cause: cause}
	}
	return nil
}

// takesNull tells whether what is pointed to can say null; anything else would stay as it is.
func takesNull(into any) bool {
	to := reflect.TypeOf(into)
	if to.Kind() == reflect.Pointer {
		to = to.Elem()
	}
	return to.Kind() == reflect.Pointer || to.Kind() == reflect.Interface || to == reflect.TypeFor[json.RawMessage]()
}

// run is a call in the making.
type run struct {
	settings Settings
	call     Call
	request  *http.Request
	info     AttemptInfo
	attempts int
}

// all makes attempts until one succeeds, or another would not help.
func (r *run) all(ctx context.Context) (*Response, error) {
	retries := 0
	// A write without a key might happen twice.
	if r.call.Method == http.MethodGet || r.call.Takes&IdempotencyKey != 0 {
		retries = r.settings.MaxRetries
	}
	refresh, renewable := false, r.settings.Renewable
	for retried := 0; ; {
		header, err := r.header(ctx, refresh)
		if err != nil {
			return nil, err
		}
		response, err := r.attempt(ctx, header)
		if err == nil {
			return response, nil
		}
		// Refused before anything was done: safe to repeat for every method, once, and no retry.
		if refresh = renewable && isUnauthenticated(err); refresh {
			renewable = false
			continue
		}
		pause, again := pauseBefore(retried, err)
		if !again || retried >= retries || endsWithin(ctx, pause) {
			return response, err
		}
		if err := sleep(ctx, pause); err != nil {
			return response, err
		}
		retried++
	}
}

// header gives the headers of the next attempt, as the hooks leave them, and with the key.
func (r *run) header(ctx context.Context, refresh bool) (http.Header, error) {
	r.info.Attempt = r.attempts
	header := r.request.Header.Clone()
	err := r.settings.before(ctx, r.info, header)
	if err == nil {
		err = r.settings.authorise(ctx, header, refresh)
	}
	if err != nil && ctx.Err() != nil {
		return nil, ended(ctx)
	}
	if err != nil {
		return nil, err
	}
	if err := checkHeader(header); err != nil {
		return nil, &RequestError{Operation: r.call.Operation, Cause: err}
	}
	return header, nil
}

func (r *run) attempt(ctx context.Context, header http.Header) (*Response, error) {
	r.attempts++
	sent := r.request.WithContext(ctx)
	sent.Header = header
	begun := time.Now()
	response, err := send(sent, r.settings.HTTPClient, r.settings.AttemptTimeout, r.call.Errors)
	result := AttemptResult{AttemptInfo: r.info, Duration: time.Since(begun), Err: err}
	var answered http.Header
	if response != nil {
		result.Status, result.RequestID, answered = response.Status, response.RequestID, response.Header
	}
	r.settings.report(ctx, result, answered)
	return response, err
}
