package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
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

// prepare gives what every attempt of a call sends, and the path without the query.
func (s Settings) prepare(call Call) (request, string, error) {
	if refused := s.Call.taken() &^ call.Takes; refused != 0 {
		for at, name := range takesNames {
			if refused&(1<<at) != 0 {
				return request{}, "", fmt.Errorf("it takes no option.%s", name)
			}
		}
	}
	path, err := pathOf(call.Path, call.Keys)
	if err != nil {
		return request{}, "", err
	}
	header := s.Header.Clone()
	query, err := paramsOf(call.Params, header)
	if err != nil {
		return request{}, "", err
	}
	query = append(query, s.Call.query()...)
	if call.place.value != "" {
		query = query.set(call.place.name, call.place.value)
	}
	sent := request{method: call.Method, url: s.BaseURL + path + query.String(), header: header}
	if call.Body != nil {
		header.Set("Content-Type", "application/json")
		if call.Method == http.MethodPatch {
			header.Set("Content-Type", "application/merge-patch+json")
		}
		if sent.body, err = Encode(call.Body); err != nil {
			return request{}, "", err
		}
	}
	if etag := cmp.Or(s.Call.IfMatch, call.IfMatch); etag != "" {
		header.Set("If-Match", etag)
	}
	if call.Takes&IdempotencyKey != 0 {
		header.Set("Idempotency-Key", cmp.Or(s.Call.IdempotencyKey, newKey()))
	}
	return sent, path, nil
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
