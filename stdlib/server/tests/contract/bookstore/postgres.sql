CREATE TABLE "authors" (
    "id" uuid NOT NULL PRIMARY KEY,
    "name" text NOT NULL,
    "born" date,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "row_version" bigint NOT NULL DEFAULT 1
);
CREATE TABLE "books" (
    "id" uuid NOT NULL PRIMARY KEY,
    "isbn" text NOT NULL,
    "title" text NOT NULL,
    "author_id" uuid NOT NULL CONSTRAINT "books_author_id_fkey" REFERENCES "authors" ("id") ON DELETE RESTRICT,
    "price_amount" numeric(10, 2) NOT NULL,
    "price_currency" text NOT NULL,
    "discount_amount" numeric(10, 2),
    "discount_currency" text,
    "status" text NOT NULL,
    "published_at" timestamptz,
    "summary" text,
    "tags" jsonb NOT NULL,
    "attributes" jsonb NOT NULL,
    "extra" jsonb,
    "credits" jsonb NOT NULL,
    "weight" double precision,
    "pages" integer,
    "copies" bigint,
    "cover" bytea,
    "loan" text,
    "in_print" boolean NOT NULL,
    "sequel_of" uuid CONSTRAINT "books_sequel_of_fkey" REFERENCES "books" ("id") ON DELETE RESTRICT,
    "supplier_note" text,
    "secret" text,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "deleted_at" timestamptz,
    "row_version" bigint NOT NULL DEFAULT 1,
    CONSTRAINT "books_published_has_date_check" CHECK ("status" <> 'published' OR "published_at" IS NOT NULL)
);
CREATE UNIQUE INDEX "books_isbn_key" ON "books" ("isbn");
CREATE UNIQUE INDEX "books_title_author_id_key" ON "books" ("title", "author_id");
CREATE TABLE "reviews" (
    "book_id" uuid NOT NULL CONSTRAINT "reviews_book_id_fkey" REFERENCES "books" ("id") ON DELETE RESTRICT,
    "id" uuid NOT NULL,
    "stars" integer NOT NULL,
    "text" text,
    "created_at" timestamptz NOT NULL,
    "row_version" bigint NOT NULL DEFAULT 1,
    PRIMARY KEY ("book_id", "id")
);
