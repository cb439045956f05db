package api

import (
	"context"
	"iter"
	"net/http"
	"strconv"
)

func pages[P any](
	ctx context.Context, client *Client, call Call, name string, next func(*P) string, options []Option,
) iter.Seq2[*P, error] {
	return func(yield func(*P, error) bool) {
		asked, err := paramsOf(call.Params, http.Header{})
		if err != nil {
			yield(nil, &RequestError{Operation: call.Operation, Cause: err})
			return
		}
		place := asked.get(name)
		for {
			call.place = pair{name, place}
			page, err := Send[P](ctx, client, call, options)
			if !yield(page, err) || err != nil {
				return
			}
			following := next(page)
			if following == "" || following == place {
				return
			}
			place = following
		}
	}
}

func items[P, T any](pages iter.Seq2[*P, error], of func(*P) []T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for page, err := range pages {
			if err != nil {
				yield(nil, err)
				return
			}
			found := of(page)
			for at := range found {
				if !yield(&found[at], nil) {
					return
				}
			}
		}
	}
}

func numberText(number int64) string {
	if number == 0 {
		return ""
	}
	return strconv.FormatInt(number, 10)
}
