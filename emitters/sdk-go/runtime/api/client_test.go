package api_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/sdk/api"
	"example.com/sdk/option"
)

var service = api.Service{Agent: "test-go/1.0.0", Environment: "ATLAS9_TEST", Scheme: api.Bearer}

// answer is what the server answers to one request.
type answer struct {
	status int
	header map[string]string
	body   string
	wait   time.Duration
}

// serve gives a client of a server with these answers, and the requests that come.
func serve(t *testing.T, answers []answer, options ...option.Option) (*api.Client, *[]*http.Request) {
	t.Helper()
	var requests []*http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		next := answers[min(len(requests), len(answers)-1)]
		requests = append(requests, r)
		time.Sleep(next.wait)
		for name, value := range next.header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(next.status)
		_, _ = io.WriteString(w, next.body)
	}))
	t.Cleanup(server.Close)
	options = append([]option.Option{option.BaseURL(server.URL), option.APIKey("secret-key")}, options...)
	client, err := api.NewClient(service, options...)
	if err != nil {
		t.Fatal(err)
	}
	return client, &requests
}

var (
	now  = map[string]string{"Retry-After": "0"}
	good = answer{status: 200, body: `{"name":"a"}`}
	read = api.Call{Operation: "things.get", Method: "GET", Path: "/things/{id}", Keys: []any{"a/b%"}}
)

type thing struct {
	Name string `json:"name"`
}

func TestRetriesUntilItSucceeds(t *testing.T) {
	client, requests := serve(t, []answer{{status: 503, header: now}, {status: 429, header: now}, good})
	found, err := api.Send[thing](context.Background(), client, read, nil)
	if err != nil || found.Name != "a" || len(*requests) != 3 {
		t.Fatal(found, err, len(*requests))
	}
	if target := (*requests)[0].RequestURI; target != "/things/a%2Fb%25" {
		t.Error(target)
	}
}

func TestAWriteIsRepeatedUnderItsKeyOnly(t *testing.T) {
	broken := []answer{{status: 502, header: now}}
	write := api.Call{Operation: "things.create", Method: "POST", Path: "/things", Body: thing{"a"}}
	client, requests := serve(t, broken)
	if err := api.Run(context.Background(), client, write, nil); err == nil || len(*requests) != 1 {
		t.Fatal(err, len(*requests))
	}
	write.Takes = api.IdempotencyKey
	client, requests = serve(t, broken)
	err := api.Run(context.Background(), client, write, nil)
	var problem *api.Problem
	if !errors.As(err, &problem) || problem.Status != 502 || len(*requests) != 3 {
		t.Fatal(err, len(*requests))
	}
	key := (*requests)[0].Header.Get("Idempotency-Key")
	if len(key) != 36 || (*requests)[2].Header.Get("Idempotency-Key") != key {
		t.Error(key)
	}
}

func TestErrorsHaveTheTypeOfTheirKind(t *testing.T) {
	body := `{"code":"brand_new","kind":"conflict","status":409,"title":"x","detail":"y","retryable":false,
		"remedy":"z","errors":[{"pointer":"#/isbn","code":"taken","detail":"d"}]}`
	client, _ := serve(t, []answer{{status: 409, header: map[string]string{"X-Request-Id": "r1"}, body: body}})
	err := api.Run(context.Background(), client, read, nil)
	var conflict *api.ConflictError
	if !errors.As(err, &conflict) {
		t.Fatalf("%T", err)
	}
	if conflict.Code != "brand_new" || err.Error() != "409 brand_new: y (request r1)" || conflict.Failures[0].Pointer != "#/isbn" {
		t.Errorf("%+v", conflict.Problem)
	}
}

func TestTimeAndCancellation(t *testing.T) {
	client, requests := serve(t, []answer{{status: 200, body: "{}", wait: 200 * time.Millisecond}, good})
	if err := api.Run(context.Background(), client, read, []api.Option{option.AttemptTimeout(50 * time.Millisecond)}); err != nil {
		t.Fatal(err)
	}
	if len(*requests) != 2 {
		t.Error(len(*requests))
	}
	slow := []answer{{status: 200, body: "{}", wait: 300 * time.Millisecond}}
	client, _ = serve(t, slow, option.Timeout(50*time.Millisecond))
	var late *api.RequestTimeoutError
	err := api.Run(context.Background(), client, read, nil)
	if !errors.As(err, &late) || !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	client, _ = serve(t, slow)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	if err := api.Run(ctx, client, read, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAnotherKeyIsAskedForOnce(t *testing.T) {
	client, requests := serve(t, []answer{{status: 401}, good},
		option.APIKeyFunc(func(_ context.Context, refresh bool) (string, error) {
			return map[bool]string{false: "old", true: "new"}[refresh], nil
		}))
	if err := api.Run(context.Background(), client, read, nil); err != nil {
		t.Fatal(err)
	}
	if key := (*requests)[1].Header.Get("Authorization"); key != "Bearer new" || len(*requests) != 2 {
		t.Error(key, len(*requests))
	}
}

func TestHooksAndTheLogSeeNoSecret(t *testing.T) {
	var log bytes.Buffer
	var seen []int
	ended := 0
	hooks := api.Hooks{
		AroundCall: func(ctx context.Context, _ api.CallInfo) (context.Context, func(api.CallResult)) {
			return ctx, func(result api.CallResult) { ended += result.Attempts }
		},
		BeforeAttempt: func(_ context.Context, _ api.AttemptInfo, header http.Header) error {
			header.Set("X-Trace", "t")
			return nil
		},
		AfterAttempt: func(_ context.Context, result api.AttemptResult) { seen = append(seen, result.Status) },
	}
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client, requests := serve(t, []answer{{status: 503, header: now}, good}, option.Hooks(hooks), option.Logger(logger))
	if err := api.Run(context.Background(), client, read, nil); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 2 || seen[0] != 503 || seen[1] != 200 || ended != 2 || (*requests)[1].Header.Get("X-Trace") != "t" {
		t.Error(seen, ended)
	}
	if text := log.String(); strings.Contains(text, "secret") || !strings.Contains(text, "things.get") {
		t.Error(text)
	}
}

func TestTheLogWarnsOfWhatIsAmiss(t *testing.T) {
	for _, logged := range []struct {
		level  string
		answer answer
	}{
		{"DEBUG", good},
		{"DEBUG", answer{status: 404}},
		{"DEBUG", answer{status: 409}},
		{"WARN", answer{status: 429, header: now}},
		{"WARN", answer{status: 500}},
		{"WARN", answer{status: 503, header: now}},
	} {
		var log bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		client, _ := serve(t, []answer{logged.answer, good}, option.Logger(logger))
		_ = api.Run(context.Background(), client, read, nil)
		if first, _, _ := strings.Cut(log.String(), "\n"); !strings.Contains(first, "level="+logged.level) {
			t.Error(logged.answer.status, first)
		}
	}
	var log bytes.Buffer
	server := httptest.NewServer(nil)
	server.Close()
	options := []option.Option{
		option.BaseURL(server.URL), option.MaxRetries(0), option.Logger(slog.New(slog.NewTextHandler(&log, nil))),
	}
	client, err := api.NewClient(service, options...)
	if err != nil {
		t.Fatal(err)
	}
	_ = api.Run(context.Background(), client, read, nil)
	if !strings.Contains(log.String(), "level=WARN") {
		t.Error(log.String())
	}
}

func TestAnAnswerThatIsNoJSON(t *testing.T) {
	client, _ := serve(t, []answer{{status: 200, body: "<html>"}})
	var decode *api.DecodeError
	if err := api.Run(context.Background(), client, read, nil); !errors.As(err, &decode) {
		t.Error(err)
	}
}

func TestACallTakesItsOwnOptionsOnly(t *testing.T) {
	client, requests := serve(t, []answer{good})
	err := api.Run(context.Background(), client, read, []api.Option{option.Force()})
	if err == nil || !strings.Contains(err.Error(), "option.Force") || len(*requests) != 0 {
		t.Error(err)
	}
	for _, key := range []string{"", ".", ".."} {
		call := read
		call.Keys = []any{key}
		if err := api.Run(context.Background(), client, call, nil); err == nil || len(*requests) != 0 {
			t.Error(key)
		}
	}
}

func TestPagesEndOnACursorThatDoesNotMove(t *testing.T) {
	client, requests := serve(t, []answer{{status: 200, body: `{"items":[{"name":"a"}],"next_cursor":"same"}`}})
	list := api.Call{Operation: "things.list", Method: "GET", Path: "/things"}
	found := 0
	for _, err := range api.Items(api.Pages[thing](context.Background(), client, list, nil)) {
		if err != nil {
			t.Fatal(err)
		}
		found++
	}
	if found != 2 || len(*requests) != 2 {
		t.Error(found, len(*requests))
	}
}
