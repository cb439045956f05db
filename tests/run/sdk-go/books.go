package main

import (
	"context"
	"fmt"
	"time"

	"example.com/bookstore"
)

// missing is a key that no book has.
const missing = "00000000-0000-7000-8000-000000000000"

var (
	ctx = context.Background()
	// Which number of ours an ISBN is: those of other programs are others.
	numbered = time.Now().UnixNano() % 1_000_000_000
)

func newAuthor() *bookstore.Author {
	return got(client.Authors.Create(ctx, bookstore.CreateAuthor{Name: "Frank Herbert"}))
}

// draft is a new book, which can be changed.
func draft(author *bookstore.Author, change ...func(*bookstore.CreateBook)) bookstore.CreateBook {
	numbered++
	book := bookstore.CreateBook{
		Isbn:     fmt.Sprintf("978%010d", numbered),
		Title:    "Dune",
		AuthorID: author.ID,
		Price:    bookstore.Money{Amount: "9.99", Currency: "EUR"},
	}
	for _, each := range change {
		each(&book)
	}
	return book
}

func newBook(change ...func(*bookstore.CreateBook)) *bookstore.Book {
	return got(client.Books.Create(ctx, draft(newAuthor(), change...)))
}

// failure gives the error of a call, which must fail.
func failure(_ any, err error) error {
	expect(err != nil, "the call has not failed")
	return err
}
