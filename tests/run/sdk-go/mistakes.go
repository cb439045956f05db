package main

import (
	"context"
	"errors"
	"strings"

	"example.com/bookstore"
	"example.com/bookstore/api"
	"example.com/bookstore/option"
)

func redirect() {
	book, author := newBook(), newAuthor()
	before := len(requests())
	to := func(status int, location string) {
		faults(answer(status, map[string]string{"location": location}, nil))
	}
	to(308, "/v1/books")
	moved(failure(client.Books.Create(ctx, draft(author))), 308, "/v1/books")
	same(len(requests()), before+1)
	to(302, "/v1/authors")
	moved(failure(client.Books.Get(ctx, book.ID)), 302, "/v1/authors")
	same(len(requests()), before+2)
}

func moved(err error, status int, location string) {
	same(as[*api.Problem](err).Status, status)
	expect(strings.Contains(err.Error(), "redirects to "+location+":"), err)
}

func pageEnd() {
	for sent, page := range []map[string]any{{"items": []any{}}, {"items": []any{}, "next_cursor": ""}} {
		faults(answer(200, nil, page))
		for book, err := range client.Books.List(ctx, bookstore.ListBooks{}) {
			must(err)
			expect(false, "the pages are empty", book)
		}
		same(len(requests()), sent+1)
	}
}

func inFlight() {
	author := newAuthor()
	body := map[string]any{
		"code": "idempotency_in_flight", "kind": "conflict", "status": 409, "title": "x", "detail": "y", "retryable": true,
	}
	faults(answer(409, atOnce, body))
	got(client.Books.Create(ctx, draft(author)))
	sent := creates()
	same(len(sent), 2)
	same(sent[0].Headers["idempotency-key"], sent[1].Headers["idempotency-key"])
}

func keyHeader() {
	got(client.Books.Create(ctx, draft(newAuthor()), option.Header("Idempotency-Key", "order-17")))
	same(creates()[0].Headers["idempotency-key"], "order-17")
}

func unreadable() {
	for sent, body := range []any{"null", nil} {
		faults(answer(200, map[string]string{"content-type": "application/json"}, body))
		err := as[*api.DecodeError](failure(client.Books.Get(ctx, missing)))
		same(err.Response.Status, 200)
		same(len(requests()), sent+1)
	}
}

func oddProblem() {
	faults(answer(409, nil, map[string]any{
		"code": "already_published", "kind": "conflict", "status": "409", "title": 7, "detail": nil, "retryable": false,
		"book_id": "01920000-0000-7000-8000-000000000000", "since": "2026-01-02T03:04:05Z",
	}))
	found := as[*bookstore.AlreadyPublishedError](failure(client.Books.Publish(ctx, missing)))
	same([]any{found.Status, found.BookID}, []any{409, "01920000-0000-7000-8000-000000000000"})
	same(found.Since.Unix(), 1767323045)
}

func refreshOnce() {
	book := newBook()
	faults(answer(401, nil, nil), busy)
	var told []bool
	renewing := newClient(option.APIKeyFunc(func(_ context.Context, refresh bool) (string, error) {
		told = append(told, refresh)
		return token, nil
	}))
	same(got(renewing.Books.Get(ctx, book.ID, option.MaxRetries(1))).ID, book.ID)
	same(len(reads()), 3)
	same(told, []bool{false, true, false})
}

func badKey() {
	err := failure(newClient(option.APIKey("to\nken")).Books.Get(ctx, missing))
	as[*api.RequestError](err)
	same(len(requests()), 0)
	for ; err != nil; err = errors.Unwrap(err) {
		expect(!strings.Contains(err.Error(), "ken"), err)
	}
}
