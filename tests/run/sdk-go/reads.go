package main

import (
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"

	"example.com/bookstore"
	"example.com/bookstore/api"
	"example.com/bookstore/filter"
	"example.com/bookstore/option"
)

func getRaw() {
	book := newBook()
	var response api.Response
	read := got(client.Books.Get(ctx, book.ID, option.Response(&response)))
	same(read.ID, book.ID)
	same(response.Status, 200)
	expect(response.ETag != "" && response.RequestID != "", response.Header)
}

func page1000() {
	author := newAuthor()
	for batch := range 10 {
		var books []bookstore.CreateBook
		for at := range 100 {
			title := fmt.Sprintf("Book %04d", batch*100+at)
			books = append(books, draft(author, func(book *bookstore.CreateBook) { book.Title = title }))
		}
		got(client.Books.BatchCreate(ctx, books))
	}
	ids, titles := map[string]bool{}, []string{}
	list := bookstore.ListBooks{AuthorID: filter.Eq(author.ID), Sort: []bookstore.BookSort{bookstore.BookSortTitle}, Limit: 100}
	for book, err := range client.Books.List(ctx, list) {
		must(err)
		ids[book.ID] = true
		titles = append(titles, book.Title)
	}
	same(len(ids), 1000)
	expect(len(titles) == 1000 && slices.IsSorted(titles), "the titles are in no order")
	same(len(reads()), 10)
}

func pageSingle() {
	author := newAuthor()
	var books []bookstore.CreateBook
	for range 5 {
		books = append(books, draft(author))
	}
	got(client.Books.BatchCreate(ctx, books))
	list := bookstore.ListBooks{AuthorID: filter.Eq(author.ID), Limit: 3, Count: true}
	first := got(client.Books.ListPage(ctx, list))
	same([]any{len(first.Items), first.Count}, []any{3, 5})
	expect(first.NextCursor != "", "there is no cursor")
	list.Cursor = first.NextCursor
	second := got(client.Books.ListPage(ctx, list))
	same([]any{len(second.Items), second.NextCursor}, []any{2, ""})
}

func pageStuck() {
	page := answer(200, nil, map[string]any{"items": []any{}, "next_cursor": "same"})
	faults(page, page)
	for book, err := range client.Books.List(ctx, bookstore.ListBooks{}) {
		must(err)
		expect(false, "the pages are empty", book)
	}
	same(len(requests()), 2)
}

func filters() {
	author := newAuthor()
	amounts := []api.Decimal{"5", "9.99", "10", "12.5", "20"}
	var books []bookstore.CreateBook
	for at, amount := range amounts {
		books = append(books, draft(author, func(book *bookstore.CreateBook) {
			book.Title = "Parable " + string("ABCDE"[at])
			book.Price.Amount = amount
		}))
	}
	got(client.Books.BatchCreate(ctx, books))
	found := func(list bookstore.ListBooks) []api.Decimal {
		list.AuthorID = filter.Eq(author.ID)
		if list.Sort == nil {
			list.Sort = []bookstore.BookSort{bookstore.BookSortTitle}
		}
		return amountsOf(client.Books.List(ctx, list))
	}
	lt := filter.Lt[api.Decimal]
	same(found(bookstore.ListBooks{PriceAmount: lt("10")}), amounts[:2])
	same(found(bookstore.ListBooks{PriceAmount: filter.All(filter.Gte[api.Decimal]("10"), lt("20"))}), amounts[2:4])
	same(found(bookstore.ListBooks{Status: filter.In(bookstore.BookStatusDraft, bookstore.BookStatusRetired)}), amounts)
	same(found(bookstore.ListBooks{Query: "Parable C"}), amounts[2:3])
	descending := found(bookstore.ListBooks{Sort: []bookstore.BookSort{bookstore.BookSortTitleDesc}})
	slices.Reverse(descending)
	same(descending, amounts)
}

func amountsOf(books iter.Seq2[*bookstore.Book, error]) []api.Decimal {
	var all []api.Decimal
	for book, err := range books {
		must(err)
		all = append(all, book.Price.Amount)
	}
	return all
}

func notFound() {
	as[*api.NotFoundError](failure(client.Books.Get(ctx, missing)))
}

func unauthenticated() {
	as[*api.UnauthenticatedError](failure(newClient(option.APIKey("wrong")).Books.Get(ctx, missing)))
}

func fields() {
	book := newBook()
	some := got(client.Books.Get(ctx, book.ID, option.Fields(bookstore.BookFieldID, bookstore.BookFieldTitle)))
	same(*some, bookstore.Book{ID: book.ID, Title: book.Title})
}

func slashInPath() {
	_ = failure(client.Books.Get(ctx, "a/b%"))
	all := requests()
	same(all[len(all)-1].Target, "/v1/books/a%2Fb%25")
}

func int64Decimal() {
	book := newBook()
	faults(fault{"edit": map[string]any{"/price/amount": "12345678901234567.89"}})
	same(got(client.Books.Get(ctx, book.ID)).Price.Amount, "12345678901234567.89")
}

func unknownEnum() {
	book := newBook()
	faults(fault{"edit": map[string]any{"/status": "archived"}})
	same(got(client.Books.Get(ctx, book.ID)).Status, "archived")
}

func unknownError() {
	body := map[string]any{
		"code": "brand_new", "kind": "conflict", "status": http.StatusConflict, "title": "x", "detail": "y", "retryable": false,
	}
	faults(answer(409, nil, body))
	same(as[*api.ConflictError](failure(client.Books.Get(ctx, missing))).Code, "brand_new")
}

func garbage() {
	headers := map[string]string{"content-type": "text/html", "retry-after": "0"}
	faults(answer(200, headers, "<html>"))
	as[*api.DecodeError](failure(client.Books.Get(ctx, missing)))
	bad := answer(502, headers, "<html>")
	faults(bad, bad, bad)
	err := failure(client.Books.Get(ctx, missing))
	var decode *api.DecodeError
	expect(!errors.As(err, &decode), err)
	same(as[*api.Problem](err).Status, 502)
}
