package main

import (
	"slices"
	"strings"

	"example.com/bookstore"
	"example.com/bookstore/api"
	"example.com/bookstore/filter"
	"example.com/bookstore/opt"
	"example.com/bookstore/option"
)

func create() {
	book := newBook(func(book *bookstore.CreateBook) { book.Tags = []string{"sf"} })
	same([]any{book.Status, book.Price.Amount, book.Tags}, []any{"draft", "9.99", []string{"sf"}})
	same(len(requests()[1].Headers["idempotency-key"]), 36)
}

func patchNull() {
	book := newBook(func(book *bookstore.CreateBook) { book.Summary = opt.Of("Sand.") })
	changed := got(client.Books.Update(ctx, book.ID, bookstore.UpdateBook{Summary: opt.Null[string]()}))
	expect(changed.Summary == nil, "the summary is", changed.Summary)
	same([]any{changed.Title, changed.Price}, []any{book.Title, book.Price})
	same(with("PATCH")[0].Body, `{"summary":null}`)
}

func patchIfMatch() {
	book := newBook()
	var response api.Response
	got(client.Books.Get(ctx, book.ID, option.Response(&response)))
	match := option.IfMatch(response.ETag)
	got(client.Books.Update(ctx, book.ID, bookstore.UpdateBook{Title: opt.Of("Other")}, match))
	stale := failure(client.Books.Update(ctx, book.ID, bookstore.UpdateBook{Title: opt.Of("Third")}, match))
	same(as[*api.PreconditionFailedError](stale).Status, 412)
}

func conflict() {
	book := newBook()
	isbn := func(other *bookstore.CreateBook) { other.Isbn = book.Isbn }
	taken := as[*api.ConflictError](failure(client.Books.Create(ctx, draft(newAuthor(), isbn))))
	same([]any{taken.Status, taken.Kind, taken.Retryable, pointers(taken.Problem)}, []any{409, "conflict", false, []string{"#/isbn"}})
	expect(taken.Code != "", "it has no code")
}

func declaredError() {
	book := newBook()
	published := got(client.Books.Publish(ctx, book.ID))
	err := failure(client.Books.Publish(ctx, book.ID))
	twice := as[*bookstore.AlreadyPublishedError](err)
	as[*api.ConflictError](err)
	same([]any{twice.BookID, twice.Since.Equal(*published.PublishedAt)}, []any{book.ID, true})
	expect(twice.Code == "already_published" && twice.Remedy != "" && twice.RequestID != "", twice)
}

func validation() {
	wrong := func(book *bookstore.CreateBook) { book.Title, book.Isbn = strings.Repeat("x", 300), "x" }
	invalid := as[*api.InvalidError](failure(client.Books.Create(ctx, draft(newAuthor(), wrong))))
	same(pointers(invalid.Problem), []string{"#/isbn", "#/title"})
}

func batch() {
	author := newAuthor()
	books := got(client.Books.BatchCreate(ctx, []bookstore.CreateBook{draft(author), draft(author)}))
	same(len(books), 2)
	again := draft(author, func(book *bookstore.CreateBook) { book.Isbn = books[0].Isbn })
	err := failure(client.Books.BatchCreate(ctx, []bookstore.CreateBook{draft(author), again}))
	same(pointers(as[*api.ConflictError](err).Problem), []string{"#/items/1/isbn"})
	var keys []bookstore.BatchDeleteBook
	for _, book := range books {
		keys = append(keys, bookstore.BatchDeleteBook{ID: book.ID})
	}
	for _, book := range got(client.Books.BatchDelete(ctx, keys)) {
		expect(book.DeletedAt != nil, "it is not deleted", book.ID)
	}
}

func softDelete() {
	book := newBook()
	expect(got(client.Books.Delete(ctx, book.ID)).DeletedAt != nil, "it is not deleted")
	as[*api.NotFoundError](failure(client.Books.Get(ctx, book.ID)))
	same(got(client.Books.Get(ctx, book.ID, option.ShowDeleted())).ID, book.ID)
	expect(got(client.Books.Undelete(ctx, book.ID)).DeletedAt == nil, "it is still deleted")
}

func nested() {
	book := newBook()
	review := got(client.Reviews.Create(ctx, book.ID, bookstore.CreateReview{Stars: 5, Text: opt.Of("Good.")}))
	var all []string
	for each, err := range client.Reviews.List(ctx, book.ID, bookstore.ListReviews{}) {
		must(err)
		all = append(all, each.ID)
	}
	same(all, []string{review.ID})
	must(client.Reviews.Delete(ctx, book.ID, review.ID))
	as[*api.NotFoundError](failure(client.Reviews.Get(ctx, book.ID, review.ID)))
}

func wire() {
	book := newBook(func(book *bookstore.CreateBook) {
		book.Title, book.Isbn, book.Tags, book.Summary = "Wire", "9780000000001", []string{"b", "a"}, opt.Of("ü")
	})
	got(client.Books.Update(ctx, book.ID, bookstore.UpdateBook{
		Title:   opt.Of(`Wired & "quoted" </b>`),
		Summary: opt.Null[string](),
	}))
	got(client.Books.ListPage(ctx, bookstore.ListBooks{
		AuthorID:    filter.Eq(book.AuthorID),
		Status:      filter.In(bookstore.BookStatusDraft, bookstore.BookStatusPublished),
		Query:       "wired ü*",
		PriceAmount: filter.Lt[api.Decimal]("10"),
		Sort:        []bookstore.BookSort{bookstore.BookSortTitleDesc, bookstore.BookSortCreatedAt},
		Limit:       5,
		Count:       true,
	}))
	got(client.Books.Delete(ctx, book.ID))
}

func pointers(problem *api.Problem) []string {
	var all []string
	for _, each := range problem.Failures {
		all = append(all, each.Pointer)
	}
	slices.Sort(all)
	return all
}
