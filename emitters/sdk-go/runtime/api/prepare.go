package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

func (s Settings) authorise(ctx context.Context, header http.Header, refresh bool) error {
	if s.Key == nil {
		return nil
	}
	key, err := s.Key(ctx, refresh)
	if err != nil {
		return err
	}
	if s.Scheme == APIKey {
		header.Set("X-API-Key", key)
	} else {
		header.Set("Authorization", "Bearer "+key)
	}
	return nil
}

// checkHeader refuses what cannot be sent. It quotes nothing: what does not belong there may be a secret.
func checkHeader(header http.Header) error {
	for name, values := range header {
		if name == "" || strings.ContainsFunc(name, notInNames) {
			return errors.New("a header has a name that cannot be sent")
		}
		for _, value := range values {
			if strings.ContainsFunc(value, notInValues) {
				return fmt.Errorf("the header %s cannot be sent: its value has a line break or another control character", name)
			}
		}
	}
	return nil
}

// notInNames tells which letters the name of a header cannot have (RFC 9110, section 5.6.2).
func notInNames(letter rune) bool {
	return letter <= ' ' || letter >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, letter)
}

// notInValues tells which letters the value of a header cannot have; others are sent as UTF-8.
func notInValues(letter rune) bool {
	return letter < ' ' && letter != '\t' || letter == 0x7f
}

// prepare gives the request that every attempt of a call sends, and the path without the query.
func (s Settings) prepare(call Call) (*http.Request, string, error) {
	if err := s.check(); err != nil {
		return nil, "", err
	}
	if refused := s.Call.taken() &^ call.Takes; refused != 0 {
		for at, name := range takesNames {
			if refused&(1<<at) != 0 {
				return nil, "", fmt.Errorf("it takes no option.%s", name)
			}
		}
	}
	path, err := pathOf(call.Path, call.Keys)
	if err != nil {
		return nil, "", err
	}
	header := s.Header.Clone()
	query, err := paramsOf(call.Params, header)
	if err != nil {
		return nil, "", err
	}
	query = append(query, s.Call.query()...)
	if call.place.value != "" {
		query = query.set(call.place.name, call.place.value)
	}
	body, err := bodyOf(call, header)
	if err != nil {
		return nil, "", err
	}
	if etag := cmp.Or(s.Call.IfMatch, call.IfMatch); etag != "" {
		header.Set("If-Match", etag)
	}
	if call.Takes&IdempotencyKey != 0 {
		header.Set("Idempotency-Key", cmp.Or(s.Call.IdempotencyKey, header.Get("Idempotency-Key"), newKey()))
	}
	sent, err := http.NewRequest(call.Method, s.BaseURL+path+query.String(), body)
	if err != nil {
		return nil, "", bare(err)
	}
	sent.Header = header
	return sent, path, nil
}

// bodyOf gives the body of a call; nil for none.
func bodyOf(call Call, header http.Header) (io.Reader, error) {
	if call.Body == nil {
		return nil, nil
	}
	header.Set("Content-Type", "application/json")
	if call.Method == http.MethodPatch {
		header.Set("Content-Type", "application/merge-patch+json")
	}
	encoded, err := Encode(call.Body)
	return bytes.NewReader(encoded), err
}

// taken tells which of them are given.
func (c CallSettings) taken() Takes {
	given := []bool{c.IdempotencyKey != "", c.IfMatch != "", c.ShowDeleted, c.Force, c.Expand != nil, c.Fields != nil}
	var taken Takes
	for at, is := range given {
		if is {
			taken |= 1 << at
		}
	}
	return taken
}

func (c CallSettings) query() query {
	params := struct {
		ShowDeleted bool     `query:"show_deleted,omitzero"`
		Force       bool     `query:"force,omitzero"`
		Expand      []string `query:"expand,omitzero"`
		Fields      []string `query:"fields,omitzero"`
	}{c.ShowDeleted, c.Force, c.Expand, c.Fields}
	// Texts and truths have a form in every query.
	found, _ := paramsOf(params, nil)
	return found
}

// newKey gives a random UUID.
func newKey() string {
	var bytes [16]byte
	// It never fails.
	_, _ = rand.Read(bytes[:])
	bytes[6], bytes[8] = bytes[6]&0x0f|0x40, bytes[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", bytes[:4], bytes[4:6], bytes[6:8], bytes[8:10], bytes[10:])
}
