package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// Hooks are functions that are called around calls and attempts; nil ones are passed over. None sees a key, a body or a query. Their
// context ends when the call must.
type Hooks struct {
	// AroundCall is called when a call begins. Its context is that of the call from then on, and what it gives is called when the call
	// has ended: the place for the span of a tracer.
	AroundCall func(context.Context, CallInfo) (context.Context, func(CallResult))
	// BeforeAttempt is called before an attempt. The headers can be changed; the key is added after this. An error ends the call.
	BeforeAttempt func(context.Context, AttemptInfo, http.Header) error
	// AfterAttempt is called after an attempt, however it ended.
	AfterAttempt func(context.Context, AttemptResult)
	// OnDeprecation is called when an answer says that what was called is deprecated.
	OnDeprecation func(context.Context, DeprecationNotice)
}

// CallInfo is a call with all its attempts.
type CallInfo struct {
	// Operation is the operation, "books.list".
	Operation string
	// Method is the HTTP method.
	Method string
	// Route is the path with braces for its keys.
	Route string
}

// CallResult is how a call ended.
type CallResult struct {
	CallInfo
	// Attempts is how many there were.
	Attempts int
	// Status is the last status; 0 when no answer came.
	Status int
	// RequestID is the server's name for the request.
	RequestID string
	// Duration is the time that it took.
	Duration time.Duration
	// Err is what went wrong.
	Err error
}

// AttemptInfo is one attempt of a call.
type AttemptInfo struct {
	CallInfo
	// Path is the path, without the query.
	Path string
	// Attempt is 0 for the first attempt.
	Attempt int
}

// AttemptResult is how an attempt ended.
type AttemptResult struct {
	AttemptInfo
	// Status is the status; 0 when no answer came.
	Status int
	// RequestID is the server's name for the request.
	RequestID string
	// Duration is the time that it took.
	Duration time.Duration
	// Err is what went wrong.
	Err error
}

// DeprecationNotice is what an answer says about the end of an operation (RFC 9745, RFC 8594).
type DeprecationNotice struct {
	// Operation is the operation.
	Operation string
	// Deprecation is the header as sent: "@" and a Unix time in seconds.
	Deprecation string
	// Sunset is the header with the time after which it may be gone.
	Sunset string
	// Link is the header that may name a page about it.
	Link string
}

// around begins a call; what it gives ends it.
func (s Settings) around(ctx context.Context, call CallInfo) (context.Context, func(CallResult)) {
	var ends []func(CallResult)
	for _, hooks := range s.Hooks {
		if hooks.AroundCall == nil {
			continue
		}
		var end func(CallResult)
		if ctx, end = hooks.AroundCall(ctx, call); end != nil {
			ends = append(ends, end)
		}
	}
	return ctx, func(result CallResult) {
		for at := len(ends); at > 0; at-- {
			ends[at-1](result)
		}
	}
}

func (s Settings) before(ctx context.Context, attempt AttemptInfo, header http.Header) error {
	for _, hooks := range s.Hooks {
		if hooks.BeforeAttempt == nil {
			continue
		}
		if err := hooks.BeforeAttempt(ctx, attempt, header); err != nil {
			return err
		}
	}
	return nil
}

// report tells the log and the hooks how an attempt ended.
func (s Settings) report(ctx context.Context, result AttemptResult, header http.Header) {
	if s.Logger != nil {
		level, fields := slog.LevelDebug, []slog.Attr{
			slog.String("operation", result.Operation),
			slog.Int("attempt", result.Attempt),
			slog.Int("status", result.Status),
			slog.String("request_id", result.RequestID),
			slog.Duration("duration", result.Duration),
		}
		if result.Err != nil {
			level, fields = levelOf(result.Err), append(fields, slog.String("error", nameOf(result.Err)))
		}
		s.Logger.LogAttrs(ctx, level, result.Method+" "+result.Path, fields...)
	}
	for _, hooks := range s.Hooks {
		if hooks.AfterAttempt != nil {
			hooks.AfterAttempt(ctx, result)
		}
	}
	s.noticeDeprecation(ctx, result.Operation, header)
}

// levelOf warns of what is amiss with the service; that there is no such book is an answer like another.
func levelOf(err error) slog.Level {
	var problem *Problem
	if errors.As(err, &problem) && problem.Status < 500 && !problem.Retryable {
		return slog.LevelDebug
	}
	return slog.LevelWarn
}

// nameOf gives the code of an error. Its detail may quote what was sent.
func nameOf(err error) string {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem.Code
	}
	return fmt.Sprintf("%T", err)
}

func (s Settings) noticeDeprecation(ctx context.Context, operation string, header http.Header) {
	notice := DeprecationNotice{
		Operation:   operation,
		Deprecation: header.Get("Deprecation"),
		Sunset:      header.Get("Sunset"),
		Link:        header.Get("Link"),
	}
	// A service that knows no date of the deprecation itself sends the time of its end alone.
	if notice.Deprecation == "" && notice.Sunset == "" {
		return
	}
	if s.Logger != nil {
		s.Logger.WarnContext(ctx, operation+" is deprecated", "deprecation", notice.Deprecation, "sunset", notice.Sunset)
	}
	for _, hooks := range s.Hooks {
		if hooks.OnDeprecation != nil {
			hooks.OnDeprecation(ctx, notice)
		}
	}
}
