package api_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/sdk/api"
	"example.com/sdk/filter"
	"example.com/sdk/opt"
	"example.com/sdk/option"
)

var create = api.Call{Operation: "things.create", Method: "POST", Path: "/things", Body: thing{"a"}, Takes: api.IdempotencyKey}

// refuse checks that a call is refused before anything is sent, for a reason with this text.
func refuse(t *testing.T, text string, call api.Call, options ...option.Option) {
	t.Helper()
	client, requests := serve(t, []answer{good})
	err := api.Run(context.Background(), client, call, options)
	var refused *api.RequestError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), text) || len(*requests) != 0 {
		t.Errorf("%T %v, %d requests", err, err, len(*requests))
	}
}

func TestWhatCannotBeSentIsRefused(t *testing.T) {
	refuse(t, "the header Authorization", read, option.APIKey("to\nken"))
	refuse(t, "the header X-A", read, option.Header("X-A", "a\r\nb"))
	refuse(t, "a header has a name", read, option.Header("X A", "a"))
	refuse(t, "the header Idempotency-Key", create, option.IdempotencyKey("a\x00"))
	refuse(t, "the base URL", read, option.BaseURL("ftp://example.com"))
	refuse(t, "the base URL", read, option.BaseURL("https://"))
	for _, more := range []string{"?a=b", "?", "#x", "#"} {
		refuse(t, "the base URL", read, option.BaseURL("https://example.com"+more))
	}
	refuse(t, "a timeout is negative", read, option.AttemptTimeout(-1))
	refuse(t, "a union has several variants", api.Call{Method: "POST", Path: "/things", Body: both{}})
	listed := read
	listed.Params = struct {
		State filter.Field[string] `query:"state"`
	}{filter.In("a,b", "c")}
	refuse(t, "state.in holds a comma", listed)
	for _, bad := range []option.Option{option.BaseURL("example.com"), option.Timeout(-1)} {
		if _, err := api.NewClient(service, option.BaseURL("https://example.com"), bad); err == nil {
			t.Error("the client is made")
		}
	}
}

// both is a union with two variants set.
type both struct{}

func (both) MarshalJSON() ([]byte, error) {
	twice := choice{Card: &shapeless{"1"}, Unknown: []byte(`{"by":"later"}`)}
	return twice.union().Encode("by")
}

func TestNoKeyIsInAnError(t *testing.T) {
	client, requests := serve(t, []answer{good}, option.APIKey("to\nken"))
	for err := api.Run(context.Background(), client, read, nil); err != nil; err = errors.Unwrap(err) {
		if strings.Contains(err.Error(), "ken") || len(*requests) != 0 {
			t.Error(err)
		}
	}
}

func TestABaseURLHoldsNoPassword(t *testing.T) {
	with := option.BaseURL("https://user:hunter2@example.com")
	client, requests := serve(t, []answer{good})
	_, made := api.NewClient(service, with)
	for _, err := range []error{made, api.Run(context.Background(), client, read, []api.Option{with})} {
		if err == nil || strings.Contains(err.Error(), "hunter2") || len(*requests) != 0 {
			t.Error(err)
		}
	}
}

func TestHeadersMayHoldMoreThanASCII(t *testing.T) {
	client, requests := serve(t, []answer{good}, option.Header("X-A", "ü\t☃"))
	if err := api.Run(context.Background(), client, read, nil); err != nil || (*requests)[0].Header.Get("X-A") != "ü\t☃" {
		t.Error(err)
	}
}

func TestNoRedirectIsFollowed(t *testing.T) {
	for _, own := range []option.Option{nil, option.HTTPClient(&http.Client{}), option.HTTPClient(http.DefaultClient)} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			moved := answer{status: status, header: map[string]string{"Location": "/elsewhere", "X-Request-Id": "r1"}}
			client, requests := serve(t, []answer{moved, good}, own)
			err := api.Run(context.Background(), client, create, nil)
			var problem *api.Problem
			if !errors.As(err, &problem) || problem.Status != status || len(*requests) != 1 {
				t.Fatal(err, len(*requests))
			}
			want := ": The server redirects to /elsewhere: set the base URL to where the service is. (request r1)"
			if !strings.HasSuffix(err.Error(), want) {
				t.Error(err)
			}
		}
	}
	if http.DefaultClient.CheckRedirect != nil {
		t.Error("a client that is not ours has been changed")
	}
}

func TestARedirectSaysWhatToDo(t *testing.T) {
	for _, moved := range []struct {
		answer answer
		text   string
	}{
		{answer{status: 302}, "302 redirect: The server redirects: set the base URL to where the service is."},
		{answer{status: 304, header: map[string]string{"Location": "/elsewhere"}}, "304 not_modified"},
	} {
		client, _ := serve(t, []answer{moved.answer})
		if err := api.Run(context.Background(), client, read, nil); err == nil || err.Error() != moved.text {
			t.Error(err)
		}
	}
}

func TestAKeyGivenAsAHeaderIsKept(t *testing.T) {
	client, requests := serve(t, []answer{good})
	header := option.Header("idempotency-key", "order-17")
	for _, options := range [][]option.Option{{header}, {header, option.IdempotencyKey("mine")}} {
		if err := api.Run(context.Background(), client, create, options); err != nil {
			t.Fatal(err)
		}
	}
	first, second := (*requests)[0].Header["Idempotency-Key"], (*requests)[1].Header["Idempotency-Key"]
	if len(first) != 1 || first[0] != "order-17" || len(second) != 1 || second[0] != "mine" {
		t.Error(first, second)
	}
}

func TestNoAnswerIsNoValue(t *testing.T) {
	ctx := context.Background()
	for _, body := range []string{"null", " null\n", "", " "} {
		client, requests := serve(t, []answer{{status: 200, body: body, header: map[string]string{"X-Request-Id": "r1"}}})
		_, one := api.Send[thing](ctx, client, read, nil)
		_, value := api.SendValue[string](ctx, client, read, nil)
		_, many := api.SendItems[thing](ctx, client, read, nil)
		var listed error
		for _, err := range api.Items(api.Pages[thing](ctx, client, read, nil)) {
			listed = err
		}
		for _, err := range []error{one, value, many, listed} {
			var decode *api.DecodeError
			if !errors.As(err, &decode) || decode.Response.Status != 200 || decode.Response.RequestID != "r1" {
				t.Errorf("%q gives %v", body, err)
			}
		}
		if len(*requests) != 4 {
			t.Error(len(*requests))
		}
		if err := api.Run(ctx, client, read, nil); err != nil {
			t.Error(err)
		}
	}
	client, _ := serve(t, []answer{{status: 200, body: "null"}})
	if none, err := api.SendValue[*thing](ctx, client, read, nil); none != nil || err != nil {
		t.Error(none, err)
	}
}

func TestTheKeyIsRenewedOnceAndThatIsNoRetry(t *testing.T) {
	var told []bool
	keys := option.APIKeyFunc(func(_ context.Context, refresh bool) (string, error) {
		told = append(told, refresh)
		return "key", nil
	})
	client, requests := serve(t, []answer{{status: 401}, {status: 503, header: now}, good}, keys, option.MaxRetries(1))
	if err := api.Run(context.Background(), client, read, nil); err != nil || len(*requests) != 3 {
		t.Fatal(err, len(*requests))
	}
	if len(told) != 3 || told[0] || !told[1] || told[2] {
		t.Error(told)
	}
	client, requests = serve(t, []answer{{status: 401}}, keys)
	var refused *api.UnauthenticatedError
	if err := api.Run(context.Background(), client, read, nil); !errors.As(err, &refused) || len(*requests) != 2 {
		t.Error(err, len(*requests))
	}
}

func TestKeysAndHooksEndWithTheCall(t *testing.T) {
	waiting := func(ctx context.Context) error {
		<-ctx.Done()
		return errors.New("it has waited")
	}
	for _, wait := range []option.Option{
		option.APIKeyFunc(func(ctx context.Context, _ bool) (string, error) { return "", waiting(ctx) }),
		option.Hooks(api.Hooks{
			BeforeAttempt: func(ctx context.Context, _ api.AttemptInfo, _ http.Header) error { return waiting(ctx) },
		}),
	} {
		client, requests := serve(t, []answer{good}, wait)
		var late *api.RequestTimeoutError
		err := api.Run(context.Background(), client, read, []api.Option{option.Timeout(20 * time.Millisecond)})
		if !errors.As(err, &late) || late.Limit != 20*time.Millisecond {
			t.Error(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(20*time.Millisecond, cancel)
		if err := api.Run(ctx, client, read, nil); !errors.Is(err, context.Canceled) || len(*requests) != 0 {
			t.Error(err)
		}
	}
}

func TestAnErrorOfTheKeyEndsTheCall(t *testing.T) {
	asked := 0
	client, _ := serve(t, []answer{good}, option.APIKeyFunc(func(context.Context, bool) (string, error) {
		asked++
		return "", &api.ConnectionError{Cause: errors.New("no keys today")}
	}))
	if err := api.Run(context.Background(), client, read, nil); err == nil || asked != 1 {
		t.Error(err, asked)
	}
}

type declared struct {
	*api.ConflictError `json:"-"`

	Odd   time.Time  `json:"odd"`
	Since *time.Time `json:"since"`
	Count int64      `json:"count,string"`
	Name  string     `json:"name"`
}

func TestOddMembersOfAProblemArePassedOver(t *testing.T) {
	call := read
	call.Errors = []api.Declared{{Code: "taken", Of: func(p *api.Problem) error {
		return p.Into(&declared{ConflictError: &api.ConflictError{Problem: p}})
	}}}
	body := `{"code":"taken","kind":"conflict","status":"409","title":7,"detail":null,"retryable":"no","errors":{},
		"odd":"yesterday","since":"yesterday","count":"7","name":"a"}`
	client, _ := serve(t, []answer{{status: 409, body: body}})
	err := api.Run(context.Background(), client, call, nil)
	var found *declared
	if !errors.As(err, &found) || found.Count != 7 || found.Name != "a" || !found.Odd.IsZero() || found.Since != nil || found.Status != 409 {
		t.Fatalf("%T %v", err, err)
	}
	if err.Error() != "409 taken" {
		t.Error(err)
	}
}

func TestAnOddMemberIsAsIfItWereMissing(t *testing.T) {
	client, requests := serve(t, []answer{{status: 503, header: now, body: `{"retryable":"no"}`}, good})
	if err := api.Run(context.Background(), client, read, nil); err != nil || len(*requests) != 2 {
		t.Error(err, len(*requests))
	}
	client, _ = serve(t, []answer{{status: 422, body: `{"errors":[1,null,"a",{"pointer":2,"code":"taken"}]}`}})
	var invalid *api.InvalidError
	err := api.Run(context.Background(), client, read, nil)
	if !errors.As(err, &invalid) || len(invalid.Failures) != 1 || invalid.Failures[0] != (api.Failure{Code: "taken"}) {
		t.Errorf("%+v", invalid)
	}
}

func TestAPauseMayBeVeryLong(t *testing.T) {
	for _, seconds := range []string{"2147483648", "99999999999999999999"} {
		client, requests := serve(t, []answer{{status: 503, header: map[string]string{"Retry-After": seconds}}, good})
		var unavailable *api.UnavailableError
		err := api.Run(context.Background(), client, read, nil)
		if !errors.As(err, &unavailable) || len(*requests) != 1 {
			t.Error(seconds, err, len(*requests))
		}
	}
}

func TestWhatIsUnsetIsNoEntryAndNoItem(t *testing.T) {
	entries := map[string]opt.Value[string]{"a": opt.Of("x"), "b": {}, "c": opt.Null[string]()}
	if body, err := api.Encode(entries); err != nil || string(body) != `{"a":"x","c":null}` {
		t.Error(string(body), err)
	}
	if body, err := api.Encode([]opt.Value[string]{opt.Of("x"), {}}); err == nil {
		t.Error(string(body))
	}
}
