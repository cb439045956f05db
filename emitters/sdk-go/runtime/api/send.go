package api

import (
	"context"
	"iter"
)

// Run sends a call whose answer is empty.
func Run(ctx context.Context, client *Client, call Call, options []Option) error {
	return client.Do(ctx, call, nil, options...)
}

// Send sends a call that answers with a T.
func Send[T any](ctx context.Context, client *Client, call Call, options []Option) (*T, error) {
	answer := new(T)
	if err := client.Do(ctx, call, answer, options...); err != nil {
		return nil, err
	}
	return answer, nil
}

// SendValue sends a call that answers with a single value, a pointer where it may be null.
func SendValue[T any](ctx context.Context, client *Client, call Call, options []Option) (T, error) {
	var answer T
	err := client.Do(ctx, call, &answer, options...)
	return answer, err
}

// SendItems sends a call that answers with several T.
func SendItems[T any](ctx context.Context, client *Client, call Call, options []Option) ([]T, error) {
	var answer struct {
		Items []T `json:"items"`
	}
	err := client.Do(ctx, call, &answer, options...)
	return answer.Items, err
}

// Page is one page of a list.
type Page[T any] struct {
	// Items are what is on it.
	Items []T `json:"items"`
	// NextCursor is what to ask for the next page with; empty on the last one.
	NextCursor string `json:"next_cursor"`
	// Count is how many there are on all pages; 0 where it was not asked for.
	Count int64 `json:"count"`
}

// NumberedPage is one page of a list whose pages have numbers.
type NumberedPage[T any] struct {
	// Items are what is on it.
	Items []T `json:"items"`
	// Page is its number; the first one is 1.
	Page int64 `json:"page"`
	// NextPage is the number of the next page; 0 on the last one.
	NextPage int64 `json:"next_page"`
	// Count is how many there are on all pages; 0 where it was not asked for.
	Count int64 `json:"count"`
}

// Pages gives page after page, each fetched when it is asked for. They end, too, on a cursor that does not move.
func Pages[T any](ctx context.Context, client *Client, call Call, options []Option) iter.Seq2[*Page[T], error] {
	next := func(page *Page[T]) string { return page.NextCursor }
	return pages(ctx, client, call, "cursor", next, options)
}

// NumberedPages is [Pages] for a list whose pages have numbers.
func NumberedPages[T any](ctx context.Context, client *Client, call Call, options []Option) iter.Seq2[*NumberedPage[T], error] {
	next := func(page *NumberedPage[T]) string { return numberText(page.NextPage) }
	return pages(ctx, client, call, "page", next, options)
}

// Items gives item after item over all pages.
func Items[T any](pages iter.Seq2[*Page[T], error]) iter.Seq2[*T, error] {
	return items(pages, func(page *Page[T]) []T { return page.Items })
}

// NumberedItems is [Items] for a list whose pages have numbers.
func NumberedItems[T any](pages iter.Seq2[*NumberedPage[T], error]) iter.Seq2[*T, error] {
	return items(pages, func(page *NumberedPage[T]) []T { return page.Items })
}
