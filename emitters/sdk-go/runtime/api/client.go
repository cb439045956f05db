// Package api is what all operations share: the client, errors, paging, and the types that JSON does not have.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
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
		return fmt.Errorf("%s: %w", call.Operation, err)
	}
	begun := time.Now()
	info := CallInfo{Operation: call.Operation, Method: call.Method, Route: call.Path}
	ctx, end := settings.around(ctx, info)
	run := &run{settings: settings, call: call, request: sent, info: AttemptInfo{CallInfo: info, Path: path}, begun: begun}
	response, err := run.all(ctx)
	if err == nil && into != nil {
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

func decode(response *Response, into any) error {
	if len(response.Body) == 0 {
		return &DecodeError{Response: response, Cause: errors.New("it is empty")}
	}
	if err := json.Unmarshal(response.Body, into); err != nil {
		return &DecodeError{Response: response, Cause: err}
	}
	return nil
}

// run is a call in the making.
type run struct {
	settings Settings
	call     Call
	request  request
	info     AttemptInfo
	begun    time.Time
	attempts int
}

// all makes attempts until one succeeds, or another would not help.
func (r *run) all(ctx context.Context) (*Response, error) {
	retries := 0
	// A write without a key might happen twice.
	if r.call.Method == http.MethodGet || r.call.Takes&IdempotencyKey != 0 {
		retries = r.settings.MaxRetries
	}
	refresh := false
	for number := 0; ; number++ {
		response, err := r.attempt(ctx, number, refresh)
		if err == nil {
			return response, nil
		}
		// Refused before anything was done: safe to repeat for every method.
		var refused *Problem
		if r.settings.Renewable && !refresh && errors.As(err, &refused) && refused.Status == http.StatusUnauthorized {
			refresh = true
			continue
		}
		pause, again := pauseBefore(number, err)
		if !again || number >= retries || r.settings.Timeout > 0 && pause >= r.left() {
			return response, err
		}
		if err := sleep(ctx, pause); err != nil {
			return response, err
		}
	}
}

// left is the rest of the time that the whole call was given.
func (r *run) left() time.Duration {
	return r.settings.Timeout - time.Since(r.begun)
}

func (r *run) attempt(ctx context.Context, number int, refresh bool) (*Response, error) {
	r.attempts++
	r.info.Attempt = number
	sent := r.request
	sent.header = sent.header.Clone()
	if err := r.settings.before(ctx, r.info, sent.header); err != nil {
		return nil, err
	}
	if err := r.settings.authorise(ctx, sent.header, refresh); err != nil {
		return nil, err
	}
	limit := r.settings.AttemptTimeout
	if left := r.left(); r.settings.Timeout > 0 && (limit <= 0 || left < limit) {
		// Nothing left is no time, not no limit.
		limit = max(left, 1)
	}
	begun := time.Now()
	response, err := send(ctx, r.settings.HTTPClient, sent, limit, r.call.Errors)
	result := AttemptResult{AttemptInfo: r.info, Duration: time.Since(begun), Err: err}
	var header http.Header
	if response != nil {
		result.Status, result.RequestID, header = response.Status, response.RequestID, response.Header
	}
	r.settings.report(ctx, result, header)
	return response, err
}
