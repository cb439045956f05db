"""Reads pages of books with a client written by hand."""

import os
import sys

from bookstore_by_hand import Bookstore

bookstore = Bookstore(os.environ["BASE_URL"], "key")
for _ in range(int(sys.argv[1])):
    if not bookstore.list(limit=100).items:
        sys.exit("the page is empty")
