// Reads pages of books with the SDK.
package main

import (
	"context"
	"log"
	"os"
	"strconv"

	"example.com/bookstore"
	"example.com/bookstore/option"
)

func main() {
	pages, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	client, err := bookstore.New(option.BaseURL(os.Getenv("BASE_URL")), option.APIKey("key"))
	if err != nil {
		log.Fatal(err)
	}
	for range pages {
		page, err := client.Books.ListPage(context.Background(), bookstore.ListBooks{Limit: 100})
		if err != nil {
			log.Fatal(err)
		}
		if len(page.Items) == 0 {
			log.Fatal("the page is empty")
		}
	}
}
