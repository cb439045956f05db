// Package option has what a client and a single call can be told.
//
// Every option can be given to the client; most can be given to a call, too, where they win.
package option

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"example.com/sdk/api"
)

// Option changes the settings of a client, or of a call.
type Option = api.Option

// APIKey is the key or token. It is never printed or logged.
func APIKey(key string) Option {
	return func(s *api.Settings) {
		s.Key, s.Renewable = func(context.Context, bool) (string, error) { return key, nil }, false
	}
}

// APIKeyFunc gives the key for each attempt, and once in a call, with refresh, for another one after the server refused it. It is
// called with the context of the call, which ends with the time of the call.
func APIKeyFunc(key api.KeyFunc) Option {
	return func(s *api.Settings) { s.Key, s.Renewable = key, key != nil }
}

// Scheme says how the key travels; by default the first way that the service declares.
func Scheme(scheme api.Scheme) Option {
	return func(s *api.Settings) { s.Scheme = scheme }
}

// BaseURL is where the service is, without the path that every operation begins with: https://api.example.com. It has no password
// and no query.
func BaseURL(url string) Option {
	return func(s *api.Settings) { s.BaseURL = url }
}

// HTTPClient sends requests: an http.Client with a proxy, certificates or a recorder. It is kept from following redirects; one of
// another type must not follow them itself. With nil the client stays the one that it is.
func HTTPClient(client api.Doer) Option {
	return func(s *api.Settings) {
		if client != nil {
			s.HTTPClient = client
		}
	}
}

// ConnectTimeout is the time that connecting may take; 10 seconds by default, 0 for no limit. An HTTPClient of your own has its own.
// For the client.
func ConnectTimeout(limit time.Duration) Option {
	return func(s *api.Settings) { s.ConnectTimeout = limit }
}

// Timeout is the time that a whole call may take, with its retries, pauses, keys and hooks; 120 seconds by default, 0 for no limit.
func Timeout(limit time.Duration) Option {
	return func(s *api.Settings) { s.Timeout = limit }
}

// AttemptTimeout is the time that one attempt may take; 30 seconds by default, 0 for no limit.
func AttemptTimeout(limit time.Duration) Option {
	return func(s *api.Settings) { s.AttemptTimeout = limit }
}

// MaxRetries says how often a failed attempt is repeated; 2 by default. A write is only repeated under its idempotency key.
func MaxRetries(times int) Option {
	return func(s *api.Settings) { s.MaxRetries = times }
}

// Header sets a header of every request.
func Header(name, value string) Option {
	return func(s *api.Settings) { s.Header.Set(name, value) }
}

// Hooks adds functions that are called around calls and attempts.
func Hooks(hooks api.Hooks) Option {
	return func(s *api.Settings) { s.Hooks = append(slices.Clip(s.Hooks), hooks) }
}

// Logger is told about every attempt, without secrets, bodies and query values: at the level of warnings where the service cannot be
// reached, fails or asks to come back later, and of what is deprecated, else at that of debugging.
func Logger(logger *slog.Logger) Option {
	return func(s *api.Settings) { s.Logger = logger }
}

// IdempotencyKey is the key of a logical call; made anew for each call unless it is given, here or as a [Header].
func IdempotencyKey(key string) Option {
	return func(s *api.Settings) { s.Call.IdempotencyKey = key }
}

// IfMatch is the entity tag of the state that a change is based on; another state is an [api.PreconditionFailedError].
func IfMatch(etag string) Option {
	return func(s *api.Settings) { s.Call.IfMatch = etag }
}

// ShowDeleted gives a deleted one too, as long as it is kept.
func ShowDeleted() Option {
	return func(s *api.Settings) { s.Call.ShowDeleted = true }
}

// Force also deletes what refers to it and would hold it.
func Force() Option {
	return func(s *api.Settings) { s.Call.Force = true }
}

// Expand names the references to embed.
func Expand[Name ~string](names ...Name) Option {
	return func(s *api.Settings) { s.Call.Expand = texts(names) }
}

// Fields names the fields to answer; the others stay as they are in an empty value.
func Fields[Name ~string](names ...Name) Option {
	return func(s *api.Settings) { s.Call.Fields = texts(names) }
}

// Response fills the response with the answer: its status, headers, body, entity tag and the request's id.
func Response(response *api.Response) Option {
	return func(s *api.Settings) { s.Call.Response = response }
}

func texts[Name ~string](names []Name) []string {
	all := make([]string, 0, len(names))
	for _, name := range names {
		all = append(all, string(name))
	}
	return all
}
