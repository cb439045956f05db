package api

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	firstPause   = 500 * time.Millisecond
	longestPause = 8 * time.Second
)

// pauseBefore gives the time to wait before the next attempt; false when another one would not help.
func pauseBefore(attempt int, err error) (time.Duration, bool) {
	var connection *ConnectionError
	if errors.As(err, &connection) {
		return backoff(attempt), true
	}
	var problem *Problem
	if !errors.As(err, &problem) || !problem.Retryable {
		return 0, false
	}
	if pause, ok := retryAfter(problem.Header.Get("Retry-After"), time.Now()); ok {
		return pause, true
	}
	return backoff(attempt), true
}

// isUnauthenticated tells whether the key was refused.
func isUnauthenticated(err error) bool {
	var problem *Problem
	return errors.As(err, &problem) && problem.Status == http.StatusUnauthorized
}

// backoff doubles with each attempt; half of it is left to chance, so that clients do not come back all at once.
func backoff(attempt int) time.Duration {
	longest := min(longestPause, firstPause<<min(attempt, 10))
	return longest/2 + rand.N(longest/2)
}

// retryAfter reads the header Retry-After: it holds seconds or a date.
func retryAfter(header string, now time.Time) (time.Duration, bool) {
	header = strings.TrimSpace(header)
	if digits(header) {
		// A number that is too large is the largest one.
		seconds, _ := strconv.ParseInt(header, 10, 64)
		return time.Duration(min(seconds, int64(math.MaxInt64/time.Second))) * time.Second, true
	}
	at, err := http.ParseTime(header)
	return max(0, at.Sub(now)), err == nil
}

// limited gives a context that ends after a time, with the error that says so; 0 for no limit.
func limited(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if limit == 0 {
		return ctx, func() {}
	}
	late := &RequestTimeoutError{ConnectionError: &ConnectionError{Cause: context.DeadlineExceeded}, Limit: limit}
	return context.WithTimeoutCause(ctx, limit, late)
}

// endsWithin tells whether a context ends before a pause does.
func endsWithin(ctx context.Context, pause time.Duration) bool {
	end, limited := ctx.Deadline()
	return limited && pause >= time.Until(end)
}

// sleep waits; it fails with the reason when the context ends before.
func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ended(ctx)
	case <-timer.C:
		return nil
	}
}

// ended says why a context has ended.
func ended(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if errors.Is(cause, err) {
		return cause
	}
	return fmt.Errorf("%w: %w", err, cause)
}
