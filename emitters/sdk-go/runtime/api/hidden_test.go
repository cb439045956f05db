package api_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"example.com/sdk/api"
	"example.com/sdk/opt"
)

type account struct {
	Name   string            `json:"name"`
	Pin    opt.Value[string] `json:"pin,omitzero" log:"-"`
	Secret *string           `json:"secret" log:"-"`
	Note   *string           `json:"note"`
}

func (v account) String() string       { return api.Shown(v) }
func (v account) GoString() string     { return api.Shown(v) }
func (v account) LogValue() slog.Value { return api.Logged(v) }

// holder is what holds an account, in all ways.
type holder struct {
	One  account            `json:"one"`
	To   *account           `json:"to"`
	Left opt.Value[account] `json:"left,omitzero"`
	Many []account          `json:"many"`
	By   map[string]account `json:"by"`
}

func (v holder) LogValue() slog.Value { return api.Logged(v) }

func TestWhatIsSensitiveIsNotSeen(t *testing.T) {
	one := account{Name: "Ada", Pin: opt.Of("s3cret"), Secret: opt.Pointer("s3cret"), Note: opt.Pointer("seen")}
	all := holder{one, &one, opt.Of(one), []account{one}, map[string]account{"a": one}}
	if text := one.String(); text != "{Name:Ada Pin:*** Secret:*** Note:seen}" {
		t.Error(text)
	}
	var seen bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&seen, nil), slog.NewJSONHandler(&seen, nil)} {
		slog.New(handler).Info("made", "account", one, "to", &one, "all", all, "holder", &all)
	}
	for _, form := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		_, _ = fmt.Fprintf(&seen, form+"\n"+form+"\n"+form+"\n", one, &one, []account{one})
	}
	_, _ = fmt.Fprintf(&seen, "%v %+v\n", all, &all)
	if text := seen.String(); strings.Contains(text, "s3cret") || strings.Count(text, "Ada") < 20 {
		t.Error(text)
	}
	if body, err := api.Encode(one); err != nil || !strings.Contains(string(body), "s3cret") {
		t.Error(string(body), err)
	}
}
