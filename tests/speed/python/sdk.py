"""Reads pages of books with the SDK."""

import os
import sys

from bookstore import Bookstore

with Bookstore(base_url=os.environ["BASE_URL"], api_key="key") as bookstore:
    for _ in range(int(sys.argv[1])):
        if not bookstore.books.list(limit=100).page().items:
            sys.exit("the page is empty")
