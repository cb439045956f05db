package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Option changes the settings of a client, or of a call; package option has them.
type Option func(*Settings)

// Settings are what a client or a call works with.
type Settings struct {
	// Key gives the key for an attempt; nil for none. It is a function, so that printing settings shows no key.
	Key KeyFunc
	// Renewable is true where Key can give another key after the one before was refused.
	Renewable bool
	// Scheme says how the key travels.
	Scheme Scheme
	// BaseURL is where the service is, without the path that every operation begins with.
	BaseURL string
	// HTTPClient sends requests.
	HTTPClient Doer
	// ConnectTimeout is the time that connecting may take, with an HTTPClient of the package's own.
	ConnectTimeout time.Duration
	// Timeout is the time that a whole call may take, with its retries, pauses, keys and hooks; 0 for no limit.
	Timeout time.Duration
	// AttemptTimeout is the time that one attempt may take; 0 for no limit.
	AttemptTimeout time.Duration
	// MaxRetries says how often a failed attempt is repeated.
	MaxRetries int
	// Header has further headers of every request.
	Header http.Header
	// Hooks are called around calls and attempts.
	Hooks []Hooks
	// Logger is told about every attempt; nil for nobody.
	Logger *slog.Logger
	// Call is for a single call.
	Call CallSettings
}

// CallSettings are those that a single call can be given, and only one that takes them.
type CallSettings struct {
	// IdempotencyKey is the key of the logical call.
	IdempotencyKey string
	// IfMatch is the entity tag of the state that a change is based on.
	IfMatch string
	// ShowDeleted gives a deleted one too.
	ShowDeleted bool
	// Force also deletes what would hold it.
	Force bool
	// Expand names the references to embed.
	Expand []string
	// Fields names the fields to answer.
	Fields []string
	// Response is filled with the answer.
	Response *Response
}

// KeyFunc gives the key for an attempt. Refresh is true when the server has just refused the key given before: once in a call the
// attempt is then made again. The context ends when the call must.
type KeyFunc func(ctx context.Context, refresh bool) (string, error)

// Doer sends a request; an http.Client does. It must follow no redirect; an http.Client is kept from it.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Scheme says how a key travels.
type Scheme string

// How keys travel.
const (
	// Bearer is "Authorization: Bearer".
	Bearer Scheme = "bearer"
	// APIKey is "X-API-Key".
	APIKey Scheme = "api_key"
)

// Service is what is known of a service.
type Service struct {
	// Agent is the package's name and version, for User-Agent.
	Agent string
	// Environment is how its variables in the environment begin: BOOKSTORE for BOOKSTORE_API_KEY.
	Environment string
	// BaseURL is where it is when nobody says so.
	BaseURL string
	// Scheme says how a key travels.
	Scheme Scheme
}

// settle puts the options over the environment over the defaults.
func settle(service Service, options []Option) (Settings, error) {
	settings := Settings{
		Scheme:         service.Scheme,
		BaseURL:        service.BaseURL,
		ConnectTimeout: 10 * time.Second,
		Timeout:        120 * time.Second,
		AttemptTimeout: 30 * time.Second,
		MaxRetries:     2,
		Header:         http.Header{"Accept": {"application/json"}, "User-Agent": {service.Agent}},
	}
	if at := os.Getenv(service.Environment + "_BASE_URL"); at != "" {
		settings.BaseURL = at
	}
	if key := os.Getenv(service.Environment + "_API_KEY"); key != "" {
		settings.Key = func(context.Context, bool) (string, error) { return key, nil }
	}
	settings = settings.with(options)
	if settings.BaseURL == "" {
		return settings, fmt.Errorf("pass option.BaseURL or set %s_BASE_URL: nothing says where the service is", service.Environment)
	}
	if settings.HTTPClient == nil {
		settings.HTTPClient = newHTTPClient(settings.ConnectTimeout)
	}
	if settings.Call.taken() != 0 || settings.Call.Response != nil {
		return settings, errors.New("an option of a single call was given to the client")
	}
	return settings, settings.check()
}

// with gives the settings of a call.
func (s Settings) with(options []Option) Settings {
	s.Header = s.Header.Clone()
	for _, option := range options {
		if option != nil {
			option(&s)
		}
	}
	s.BaseURL = strings.TrimRight(s.BaseURL, "/")
	s.HTTPClient = staying(s.HTTPClient)
	return s
}

func (s Settings) check() error {
	at, err := url.Parse(s.BaseURL)
	if err != nil || !isBase(at) || strings.ContainsAny(s.BaseURL, "?#") {
		// Without quoting it: it may hold a password.
		return errors.New("the base URL is http:// or https://, a host, and nothing else but a path")
	}
	if min(s.ConnectTimeout, s.Timeout, s.AttemptTimeout) < 0 {
		return errors.New("a timeout is negative: 0 is no limit")
	}
	return nil
}

func isBase(at *url.URL) bool {
	return at.Hostname() != "" && at.User == nil && (at.Scheme == "http" || at.Scheme == "https")
}

// staying gives a client that follows no redirect: that would make a read of a write, and could take the key elsewhere.
func staying(doer Doer) Doer {
	client, ok := doer.(*http.Client)
	if !ok {
		return doer
	}
	copied := *client
	copied.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &copied
}

func newHTTPClient(connect time.Duration) *http.Client {
	client := &http.Client{}
	if transport, ok := http.DefaultTransport.(*http.Transport); ok {
		transport = transport.Clone()
		transport.DialContext = (&net.Dialer{Timeout: connect, KeepAlive: 30 * time.Second}).DialContext
		client.Transport = transport
	}
	return client
}
