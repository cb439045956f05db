// Package names_test sends values of tests/run/names through the Go types of the case nasty_names, and reads them again.
package names_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"

	"example.com/nastynames"
	"example.com/nastynames/api"
	"example.com/nastynames/filter"
	"example.com/nastynames/opt"
	"example.com/nastynames/option"
)

// values are what the file has.
var values struct {
	Keywords nastynames.Keywords
	Known    json.RawMessage
	Later    json.RawMessage
	Patched  json.RawMessage
	Sent     []string
}

// change makes of the known client the patched one.
var change = nastynames.UpdateClient{
	FooBar2: opt.Of("y"),
	ID2:     opt.Null[api.Int64](),
	Init:    opt.Of[api.Decimal]("0.5"),
	Request: opt.Of([]api.Int64{1<<53 + 1}),
	Kwargs: opt.Of(nastynames.ResultPatch{
		Next: opt.Null[nastynames.ResultPatch](),
		Error: opt.Of(map[string]opt.Value[nastynames.ShapePatch]{
			"10": opt.Null[nastynames.ShapePatch](),
			"9": opt.Of(nastynames.ShapePatch{
				Option: &nastynames.Option2Patch{Value: opt.Null[nastynames.Nothing]()},
			}),
		}),
	}),
}

func TestMain(m *testing.M) {
	text, err := os.ReadFile(os.Getenv("VALUES"))
	if err == nil {
		err = json.Unmarshal(text, &values)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "VALUES names no file of values:", err)
		os.Exit(2)
	}
	os.Exit(m.Run())
}

func TestScalarsAreExact(t *testing.T) {
	known := read[nastynames.Client](t, values.Known)
	same(t, *known.ID2, int64(-1<<63))
	same(t, known.Request, []api.Int64{1<<53 + 1, -1})
	same(t, known.Kwargs.Args, [][]api.Int64{{1, -2}, {}})
	same(t, known.URL, []byte{0, 255})
	same(t, *known.Init, api.Decimal("123456789.123456789"))
	same(t, known.AFieldWhoseNameIsAsLongAsNamesMayBeAndGoesOnUp.Nanosecond(), 1000)
	same(t, *known.Kwargs.Error["10"].File.ModelConfig, int64(1<<63-1))
	same(t, *known.Kwargs.Error["10"].File.Proto, "b")
}

func TestWhatNobodyKnowsYetIsKept(t *testing.T) {
	later := read[nastynames.Client](t, values.Later)
	same(t, *later.Blank, nastynames.Value("newer"))
	same(t, len(later.Kwargs.Error), 4)
	unknown := later.Kwargs.Error["z"]
	if unknown.File != nil || unknown.Option != nil || unknown.Unknown == nil {
		t.Errorf("%+v", unknown)
	}
}

func TestWhatIsReadIsWrittenAsItCame(t *testing.T) {
	for _, wire := range []json.RawMessage{values.Known, values.Later, values.Patched} {
		written, err := json.Marshal(read[nastynames.Client](t, wire))
		if err != nil {
			t.Fatal(err)
		}
		same(t, read[any](t, written), read[any](t, wire))
	}
}

func TestWhatIsSentIsTheSameInEveryLanguage(t *testing.T) {
	var sent []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent = append(sent, strings.TrimSpace(r.Method+" "+r.RequestURI+" "+string(body)))
		switch {
		case r.URL.Path == "/default-of-clients":
			shapes := fmt.Appendf(nil, `{"items":[%s]}`, bytes.Join(shapes(t), []byte(",")))
			_, _ = w.Write(shapes)
		case r.URL.RawQuery != "":
			_, _ = fmt.Fprintf(w, `{"items":[%s],"next_cursor":null}`, values.Known)
		default:
			_, _ = w.Write(values.Patched)
		}
	}))
	defer server.Close()
	clients, ctx := client(t, server.URL), context.Background()
	for _, wire := range []json.RawMessage{values.Known, values.Later} {
		_, err := clients.Create(ctx, read[nastynames.CreateClient](t, wire))
		good(t, err)
	}
	patched, err := clients.Update(ctx, "a/b%", change)
	good(t, err)
	same(t, *patched, read[nastynames.Client](t, values.Patched))
	_, err = clients.Call(ctx, "key", nastynames.CallClient{ID: "other", Response: 7, Context: opt.Of(values.Keywords)})
	good(t, err)
	page, err := clients.ListPage(ctx, nastynames.ListClients{FooBar: filter.Eq("x")})
	good(t, err)
	same(t, page.Items, []nastynames.Client{read[nastynames.Client](t, values.Known)})
	found, err := clients.Default(ctx, nastynames.DefaultClient{Type: opt.Of(nastynames.ValueSmallA), Client: opt.Of("c")})
	good(t, err)
	for at, shape := range shapes(t) {
		same(t, found[at], read[nastynames.Shape](t, shape))
	}
	same(t, sent, values.Sent)
}

func TestAServerKeepsItAsItIs(t *testing.T) {
	clients, ctx := client(t, os.Getenv("BASE_URL")), context.Background()
	known := read[nastynames.Client](t, values.Known)
	created, err := clients.Create(ctx, read[nastynames.CreateClient](t, values.Known))
	good(t, err)
	same(t, *created, known)
	for found, err := range clients.List(ctx, nastynames.ListClients{FooBar: filter.Eq("x"), Blank: filter.Eq(nastynames.ValueClass)}) {
		good(t, err)
		same(t, *found, known)
	}
	patched, err := clients.Update(ctx, "a/b%", change)
	good(t, err)
	same(t, *patched, read[nastynames.Client](t, values.Patched))
	got, err := clients.Get(ctx, "a/b%")
	good(t, err)
	same(t, got, patched)
	good(t, clients.Delete(ctx, "a/b%"))
	var missing *api.NotFoundError
	if _, err := clients.Get(ctx, "a/b%"); !errors.As(err, &missing) {
		t.Error(err)
	}
}

// shapes are the variants of the later client's union, in the order of their keys.
func shapes(t *testing.T) [][]byte {
	t.Helper()
	var later struct {
		Kwargs struct{ Error map[string]json.RawMessage }
	}
	good(t, json.Unmarshal(values.Later, &later))
	shapes := later.Kwargs.Error
	return [][]byte{shapes["10"], shapes["9"], shapes["__proto__"], shapes["z"]}
}

func client(t *testing.T, url string) *nastynames.Clients {
	t.Helper()
	client, err := nastynames.New(option.BaseURL(url))
	good(t, err)
	return client.Clients
}

func read[T any](t *testing.T, wire []byte) T {
	t.Helper()
	var value T
	good(t, json.Unmarshal(wire, &value))
	return value
}

func good(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, found, wanted any) {
	t.Helper()
	if !reflect.DeepEqual(found, wanted) {
		t.Errorf("found %+v\nwanted %+v", found, wanted)
	}
}
