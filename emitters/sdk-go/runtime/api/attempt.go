package api

import (
	"bytes"
	"errors"
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

// send sends a request and reads the answer within a time. An answer that is an error is one here, too.
func send(request *http.Request, doer Doer, limit time.Duration, declared []Declared) (*Response, error) {
	ctx, cancel := limited(request.Context(), limit)
	defer cancel()
	response, err := exchange(request.WithContext(ctx), doer)
	if err != nil && ctx.Err() != nil {
		return nil, ended(ctx)
	}
	if err != nil {
		return nil, &ConnectionError{Cause: bare(err)}
	}
	if response.Status < 200 || response.Status > 299 {
		return response, problemOf(response, declared)
	}
	return response, nil
}

func exchange(sent *http.Request, doer Doer) (*Response, error) {
	if sent.GetBody != nil {
		// An attempt before this one has read the body to its end.
		body, err := sent.GetBody()
		if err != nil {
			return nil, err
		}
		sent.Body = body
	}
	got, err := doer.Do(sent)
	if err != nil {
		return nil, err
	}
	defer func() { _ = got.Body.Close() }()
	// Its length, where the answer says it, spares the text from being copied while it grows.
	body := bytes.NewBuffer(make([]byte, 0, min(max(got.ContentLength, 0), 1<<20)+bytes.MinRead))
	if _, err := body.ReadFrom(got.Body); err != nil {
		return nil, err
	}
	return &Response{
		Status:    got.StatusCode,
		Header:    got.Header,
		Body:      body.Bytes(),
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
