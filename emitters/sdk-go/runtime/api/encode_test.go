package api_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"example.com/sdk/api"
	"example.com/sdk/opt"
)

type shape struct {
	Big    int64                `json:"big,string"`
	After  opt.Value[string]    `json:"after,omitzero"`
	Clear  opt.Value[string]    `json:"clear,omitzero"`
	Left   opt.Value[string]    `json:"left,omitzero"`
	Amount api.Decimal          `json:"amount"`
	List   []string             `json:"list"`
	Bytes  []byte               `json:"bytes"`
	Many   map[string]api.Int64 `json:"many"`
	Free   json.RawMessage      `json:"free"`
	At     time.Time            `json:"at"`
	Day    api.Date             `json:"day"`
	Ratio  float64              `json:"ratio"`
}

func TestBodiesHaveSortedKeysAndExactNumbers(t *testing.T) {
	body, err := api.Encode(shape{
		Big:    math.MaxInt64,
		After:  opt.Of("<ü\u2028\x01"),
		Clear:  opt.Null[string](),
		Amount: "12345678901234567.89",
		Bytes:  []byte{255, 0},
		Many:   map[string]api.Int64{"b": 1, "a": math.MinInt64},
		Free:   json.RawMessage(`{"z": 1e2, "a": [null]}`),
		At:     time.Date(2026, 11, 1, 10, 0, 0, 123456789, time.FixedZone("", 3600)),
		Day:    api.NewDate(2027, time.June, 1),
		Ratio:  0.1,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"after":"<ü` + "\u2028" + `\u0001","amount":"12345678901234567.89","at":"2026-11-01T09:00:00.123456Z",` +
		`"big":"9223372036854775807","bytes":"/wA=","clear":null,"day":"2027-06-01","free":{"a":[null],"z":1e2},"list":[],` +
		`"many":{"a":"-9223372036854775808","b":"1"},"ratio":0.1}`
	if string(body) != want {
		t.Errorf("%s\n%s", body, want)
	}
}

func TestWhatIsNoValueIsNotSent(t *testing.T) {
	for _, value := range []any{api.Decimal(""), api.Decimal("1e5"), api.NewDate(2027, time.February, 30), math.NaN()} {
		if body, err := api.Encode(value); err == nil {
			t.Errorf("%v became %s", value, body)
		}
	}
}

func TestValuesTellUnsetNullAndValueApart(t *testing.T) {
	var read struct {
		A, B, C opt.Value[int32]
	}
	if err := json.Unmarshal([]byte(`{"A":7,"B":null}`), &read); err != nil {
		t.Fatal(err)
	}
	if value, ok := read.A.Get(); !ok || value != 7 || !read.B.IsNull() || !read.C.IsZero() {
		t.Errorf("%v", read)
	}
}

func TestDurationsAreExact(t *testing.T) {
	for span, want := range map[time.Duration]api.Duration{
		90 * time.Minute:         "PT5400S",
		-1500 * time.Millisecond: "-PT1.5S",
		math.MinInt64:            "-PT9223372036.854775808S",
	} {
		if got := api.NewDuration(span); got != want {
			t.Errorf("%v became %s", span, got)
		}
	}
}

type choice struct {
	Card    *shapeless
	Unknown json.RawMessage
}

type shapeless struct {
	Number string `json:"number"`
}

func (c *choice) union() api.Union {
	return api.Union{Variants: []api.Variant{{Name: "card", Of: &c.Card}}, Unknown: &c.Unknown}
}

func TestVariantsSurvive(t *testing.T) {
	for _, text := range []string{`{"by":"card","number":"1"}`, `{"by":"later","what":[1.50]}`} {
		var read choice
		if err := read.union().Decode("by", []byte(text)); err != nil {
			t.Fatal(err)
		}
		written, err := read.union().Encode("by")
		if err != nil || string(written) != text {
			t.Error(string(written), err)
		}
	}
	var none choice
	if _, err := none.union().Encode("by"); err == nil {
		t.Error("a union without a variant is no value")
	}
}
