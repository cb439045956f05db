package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"example.com/bookstore"
	"example.com/bookstore/api"
	"example.com/bookstore/filter"
	"example.com/bookstore/opt"
	"example.com/bookstore/option"
)

func refresh() {
	book := newBook()
	renewing := newClient(option.APIKeyFunc(func(_ context.Context, refresh bool) (string, error) {
		if refresh {
			return token, nil
		}
		return "wrong", nil
	}))
	same(got(renewing.Books.Get(ctx, book.ID)).ID, book.ID)
	sent := reads()
	same(len(sent), 2)
	same(sent[1].Headers["authorization"], "Bearer "+token)
}

func retry503() {
	book := newBook()
	faults(busy, busy)
	same(got(client.Books.Get(ctx, book.ID)).ID, book.ID)
	same(len(reads()), 3)
}

func retry429() {
	book := newBook()
	faults(answer(429, map[string]string{"retry-after": "1"}, nil))
	begun := time.Now()
	got(client.Books.Get(ctx, book.ID))
	expect(time.Since(begun) >= 950*time.Millisecond, "it has not waited")
	same(len(reads()), 2)
}

func retryDate() {
	book := newBook()
	soon := time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat)
	faults(answer(503, map[string]string{"retry-after": soon}, nil))
	begun := time.Now()
	got(client.Books.Get(ctx, book.ID))
	expect(time.Since(begun) >= 500*time.Millisecond, "it has not waited")
	same(len(reads()), 2)
}

func retryGivesUp() {
	book := newBook()
	faults(busy, busy, busy)
	as[*api.UnavailableError](failure(client.Books.Get(ctx, book.ID)))
	same(len(reads()), 3)
	faults(busy)
	as[*api.UnavailableError](failure(client.Books.Get(ctx, book.ID, option.MaxRetries(0))))
	same(len(reads()), 4)
}

func noRetryWrite() {
	book := newBook()
	faults(answer(502, atOnce, nil))
	as[*api.Problem](failure(client.Books.Update(ctx, book.ID, bookstore.UpdateBook{Title: opt.Of("Other")})))
	same(len(with("PATCH")), 1)
}

func idempotentRetry() {
	author := newAuthor()
	faults(fault{"cut": "after"})
	book := got(client.Books.Create(ctx, draft(author)))
	sent := creates()
	same(len(sent), 2)
	same(sent[0].Headers["idempotency-key"], sent[1].Headers["idempotency-key"])
	same(sent[0].Body, sent[1].Body)
	var all []string
	for each, err := range client.Books.List(ctx, bookstore.ListBooks{AuthorID: filter.Eq(author.ID)}) {
		must(err)
		all = append(all, each.ID)
	}
	same(all, []string{book.ID})
}

func cutGet() {
	book := newBook()
	faults(fault{"cut": "before"})
	same(got(client.Books.Get(ctx, book.ID)).ID, book.ID)
	same(len(reads()), 2)
}

func attemptTimeout() {
	book := newBook()
	faults(slow)
	limit := option.AttemptTimeout(200 * time.Millisecond)
	same(got(client.Books.Get(ctx, book.ID, limit, option.MaxRetries(1))).ID, book.ID)
	same(len(reads()), 2)
}

func totalTimeout() {
	book := newBook()
	faults(slow)
	begun := time.Now()
	err := failure(client.Books.Get(ctx, book.ID, option.Timeout(300*time.Millisecond)))
	as[*api.RequestTimeoutError](err)
	expect(errors.Is(err, context.DeadlineExceeded) && time.Since(begun) < 2*time.Second, err)
}

func cancel() {
	book := newBook()
	faults(slow)
	begun := time.Now()
	cancelled, cancel := context.WithCancel(ctx)
	time.AfterFunc(100*time.Millisecond, cancel)
	err := failure(client.Books.Get(cancelled, book.ID))
	expect(errors.Is(err, context.Canceled) && time.Since(begun) < 2*time.Second, err)
}

func deprecated() {
	book := newBook()
	faults(fault{"headers": map[string]string{"deprecation": "@1767225600", "sunset": "Tue, 01 Jun 2027 00:00:00 GMT"}})
	var told []api.DeprecationNotice
	hooked := newClient(option.APIKey(token), option.Hooks(api.Hooks{
		OnDeprecation: func(_ context.Context, notice api.DeprecationNotice) { told = append(told, notice) },
	}))
	got(hooked.Books.Get(ctx, book.ID))
	same(told, []api.DeprecationNotice{{
		Operation: "books.get", Deprecation: "@1767225600", Sunset: "Tue, 01 Jun 2027 00:00:00 GMT",
	}})
}

func hooks() {
	book := newBook()
	faults(busy)
	var before, after []int
	var log bytes.Buffer
	hooked := newClient(
		option.APIKey(token),
		option.Logger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))),
		option.Hooks(api.Hooks{
			BeforeAttempt: func(_ context.Context, attempt api.AttemptInfo, header http.Header) error {
				before = append(before, attempt.Attempt)
				header.Set("X-Seen", "yes")
				return nil
			},
			AfterAttempt: func(_ context.Context, result api.AttemptResult) { after = append(after, result.Status) },
		}),
	)
	got(hooked.Books.Get(ctx, book.ID))
	same([]any{before, after}, []any{[]int{0, 1}, []int{503, 200}})
	all := reads()
	same(all[len(all)-1].Headers["x-seen"], "yes")
	text := log.String()
	expect(text != "" && !strings.Contains(text, token) && !strings.Contains(text, book.Title), text)
}
