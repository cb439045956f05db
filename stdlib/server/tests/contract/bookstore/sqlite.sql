CREATE TABLE "authors" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "born" TEXT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "row_version" INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE "books" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "isbn" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "author_id" TEXT NOT NULL CONSTRAINT "books_author_id_fkey" REFERENCES "authors" ("id") ON DELETE RESTRICT,
    "price_amount" INTEGER NOT NULL,
    "price_currency" TEXT NOT NULL,
    "discount_amount" INTEGER,
    "discount_currency" TEXT,
    "status" TEXT NOT NULL,
    "published_at" TEXT,
    "summary" TEXT,
    "tags" TEXT NOT NULL,
    "attributes" TEXT NOT NULL,
    "extra" TEXT,
    "credits" TEXT NOT NULL,
    "weight" REAL,
    "pages" INTEGER,
    "copies" INTEGER,
    "cover" BLOB,
    "loan" TEXT,
    "in_print" INTEGER NOT NULL,
    "sequel_of" TEXT CONSTRAINT "books_sequel_of_fkey" REFERENCES "books" ("id") ON DELETE RESTRICT,
    "supplier_note" TEXT,
    "secret" TEXT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "deleted_at" TEXT,
    "row_version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "books_published_has_date_check" CHECK ("status" <> 'published' OR "published_at" IS NOT NULL)
);
CREATE UNIQUE INDEX "books_isbn_key" ON "books" ("isbn");
CREATE UNIQUE INDEX "books_title_author_id_key" ON "books" ("title", "author_id");
CREATE TABLE "reviews" (
    "book_id" TEXT NOT NULL CONSTRAINT "reviews_book_id_fkey" REFERENCES "books" ("id") ON DELETE RESTRICT,
    "id" TEXT NOT NULL,
    "stars" INTEGER NOT NULL,
    "text" TEXT,
    "created_at" TEXT NOT NULL,
    "row_version" INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY ("book_id", "id")
);
