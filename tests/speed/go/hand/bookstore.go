package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// client is a client of the bookstore as somebody writes it who needs nothing but its books.
type client struct {
	base, key string
	http      *http.Client
}

type money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

type book struct {
	ID           string     `json:"id"`
	ISBN         string     `json:"isbn"`
	ISBN10       *string    `json:"isbn10"`
	Title        string     `json:"title"`
	AuthorID     string     `json:"author_id"`
	Price        money      `json:"price"`
	Status       string     `json:"status"`
	PublishedAt  *time.Time `json:"published_at"`
	Summary      *string    `json:"summary"`
	Tags         []string   `json:"tags"`
	SupplierNote *string    `json:"supplier_note"`
	CreatedAt    time.Time  `json:"created_at"`
	UpdatedAt    time.Time  `json:"updated_at"`
	DeletedAt    *time.Time `json:"deleted_at"`
}

type page struct {
	Items      []book  `json:"items"`
	NextCursor *string `json:"next_cursor"`
}

func newClient(base, key string) *client {
	return &client{base: base, key: key, http: &http.Client{Timeout: 30 * time.Second}}
}

func (c *client) list(ctx context.Context, query url.Values) (found page, err error) {
	err = c.call(ctx, http.MethodGet, "/v1/books?"+query.Encode(), nil, &found)
	return found, err
}

func (c *client) get(ctx context.Context, id string) (found book, err error) {
	err = c.call(ctx, http.MethodGet, "/v1/books/"+url.PathEscape(id), nil, &found)
	return found, err
}

func (c *client) create(ctx context.Context, draft book) (made book, err error) {
	err = c.call(ctx, http.MethodPost, "/v1/books", draft, &made)
	return made, err
}

func (c *client) call(ctx context.Context, method, path string, body, into any) error {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, sent)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.key)
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		return fmt.Errorf("the bookstore answered %s: %s", response.Status, text)
	}
	return json.Unmarshal(text, into)
}
