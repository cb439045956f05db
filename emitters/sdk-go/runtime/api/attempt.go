package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Response is an answer as it came.
type Response struct {
	// Status is the HTTP status.
	Status int
	// Header has the headers.
	Header http.Header
	// Body is the body as it was sent.
	Body []byte
	// RequestID is the server's name for the request.
	RequestID string
	// ETag is the entity tag of the state in the body; hand it back with option.IfMatch.
	ETag string
}

// request is what is sent.
type request struct {
	method string
	url    string
	header http.Header
	body   []byte
}

// send sends a request and reads the answer within a time. An answer that is an error is one here, too.
func send(ctx context.Context, doer Doer, r request, limit time.Duration, declared []Declared) (*Response, error) {
	attempt, cancel := ctx, context.CancelFunc(func() {})
	if limit > 0 {
		attempt, cancel = context.WithTimeout(ctx, limit)
	}
	defer cancel()
	response, err := exchange(attempt, doer, r)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return nil, ended(ctx)
	case attempt.Err() != nil:
		cause := &ConnectionError{Cause: context.DeadlineExceeded}
		return nil, &RequestTimeoutError{ConnectionError: cause, Limit: limit.Round(time.Millisecond)}
	default:
		return nil, &ConnectionError{Cause: bare(err)}
	}
	if response.Status < 200 || response.Status > 299 {
		return response, problemOf(response, declared)
	}
	if len(response.Body) > 0 && !json.Valid(response.Body) {
		return response, &DecodeError{Response: response, Cause: errors.New("it is no JSON")}
	}
	return response, nil
}

func exchange(ctx context.Context, doer Doer, r request) (*Response, error) {
	sent, err := http.NewRequestWithContext(ctx, r.method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	if r.body == nil {
		sent.Body, sent.GetBody, sent.ContentLength = nil, nil, 0
	}
	sent.Header = r.header
	got, err := doer.Do(sent)
	if err != nil {
		return nil, err
	}
	defer func() { _ = got.Body.Close() }()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		return nil, err
	}
	return &Response{
		Status:    got.StatusCode,
		Header:    got.Header,
		Body:      body,
		RequestID: got.Header.Get("X-Request-Id"),
		ETag:      got.Header.Get("ETag"),
	}, nil
}

// bare gives the cause alone: the text of a url.Error has the query.
func bare(err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		return outer.Err
	}
	return err
}
