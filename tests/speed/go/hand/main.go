// Reads pages of books with a client written by hand.
package main

import (
	"context"
	"log"
	"net/url"
	"os"
	"strconv"
)

func main() {
	pages, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	client := newClient(os.Getenv("BASE_URL"), "key")
	for range pages {
		page, err := client.list(context.Background(), url.Values{"limit": {"100"}})
		if err != nil {
			log.Fatal(err)
		}
		if len(page.Items) == 0 {
			log.Fatal("the page is empty")
		}
	}
}
