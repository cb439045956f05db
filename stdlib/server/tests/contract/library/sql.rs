//! The library's tables, as the SQL of a schema would make them.

use atlas9_server::descriptor::Migration;

pub const SQLITE: &[Migration] = &[Migration {
    version: 1,
    description: "create",
    up: "CREATE TABLE people (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, salary INTEGER, deleted_at TEXT,
             row_version INTEGER NOT NULL) STRICT;
         CREATE TABLE publishers (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, row_version INTEGER NOT NULL) STRICT;
         CREATE TABLE genres (code TEXT NOT NULL PRIMARY KEY, row_version INTEGER NOT NULL) STRICT;
         CREATE TABLE books (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL,
             publisher_id TEXT REFERENCES publishers (id) ON DELETE SET NULL, payment TEXT, payments TEXT NOT NULL,
             row_version INTEGER NOT NULL) STRICT;
         CREATE TABLE books_author_ids (book_id TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
             author_id TEXT NOT NULL REFERENCES people (id), position INTEGER NOT NULL,
             PRIMARY KEY (book_id, author_id)) STRICT;
         CREATE TABLE books_genre_ids (book_id TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
             genre_id TEXT NOT NULL REFERENCES genres (code) ON DELETE CASCADE, position INTEGER NOT NULL,
             PRIMARY KEY (book_id, genre_id)) STRICT;
         CREATE TABLE chapters (book_id TEXT NOT NULL REFERENCES books (id), id TEXT NOT NULL UNIQUE,
             title TEXT NOT NULL, row_version INTEGER NOT NULL, PRIMARY KEY (book_id, id)) STRICT;
         CREATE TABLE chapters_editor_ids (book_id TEXT NOT NULL, chapter_id TEXT NOT NULL,
             editor_id TEXT NOT NULL REFERENCES people (id), position INTEGER NOT NULL,
             PRIMARY KEY (book_id, chapter_id, editor_id),
             FOREIGN KEY (book_id, chapter_id) REFERENCES chapters (book_id, id) ON DELETE CASCADE) STRICT;
         CREATE TABLE notes (person_id TEXT NOT NULL REFERENCES people (id), id TEXT NOT NULL UNIQUE,
             row_version INTEGER NOT NULL, PRIMARY KEY (person_id, id)) STRICT;
         CREATE TABLE bookmarks (id TEXT NOT NULL PRIMARY KEY, chapter_id TEXT NOT NULL REFERENCES chapters (id),
             note_id TEXT REFERENCES notes (id), row_version INTEGER NOT NULL) STRICT;
         CREATE TABLE settings (singleton INTEGER NOT NULL PRIMARY KEY CHECK (singleton = 1), theme TEXT NOT NULL, note TEXT,
             limits TEXT NOT NULL, row_version INTEGER NOT NULL) STRICT;
         CREATE TABLE settings_favourite_ids (singleton INTEGER NOT NULL REFERENCES settings (singleton) ON DELETE CASCADE,
             favourite_id TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE, position INTEGER NOT NULL,
             PRIMARY KEY (singleton, favourite_id)) STRICT;
         CREATE TABLE profile (person_id TEXT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
             bio TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, row_version INTEGER NOT NULL) STRICT;",
}];

pub const POSTGRES: &[Migration] = &[Migration {
    version: 1,
    description: "create",
    up: "CREATE TABLE people (id uuid PRIMARY KEY, name text NOT NULL, salary bigint, deleted_at timestamptz,
             row_version bigint NOT NULL);
         CREATE TABLE publishers (id uuid PRIMARY KEY, name text NOT NULL, row_version bigint NOT NULL);
         CREATE TABLE genres (code text PRIMARY KEY, row_version bigint NOT NULL);
         CREATE TABLE books (id uuid PRIMARY KEY, title text NOT NULL,
             publisher_id uuid REFERENCES publishers (id) ON DELETE SET NULL, payment jsonb, payments jsonb NOT NULL,
             row_version bigint NOT NULL);
         CREATE TABLE books_author_ids (book_id uuid NOT NULL REFERENCES books (id) ON DELETE CASCADE,
             author_id uuid NOT NULL REFERENCES people (id), position integer NOT NULL,
             PRIMARY KEY (book_id, author_id));
         CREATE TABLE books_genre_ids (book_id uuid NOT NULL REFERENCES books (id) ON DELETE CASCADE,
             genre_id text NOT NULL REFERENCES genres (code) ON DELETE CASCADE, position integer NOT NULL,
             PRIMARY KEY (book_id, genre_id));
         CREATE TABLE chapters (book_id uuid NOT NULL REFERENCES books (id), id uuid NOT NULL UNIQUE, title text NOT NULL,
             row_version bigint NOT NULL, PRIMARY KEY (book_id, id));
         CREATE TABLE chapters_editor_ids (book_id uuid NOT NULL, chapter_id uuid NOT NULL,
             editor_id uuid NOT NULL REFERENCES people (id), position integer NOT NULL,
             PRIMARY KEY (book_id, chapter_id, editor_id),
             FOREIGN KEY (book_id, chapter_id) REFERENCES chapters (book_id, id) ON DELETE CASCADE);
         CREATE TABLE notes (person_id uuid NOT NULL REFERENCES people (id), id uuid NOT NULL UNIQUE,
             row_version bigint NOT NULL, PRIMARY KEY (person_id, id));
         CREATE TABLE bookmarks (id uuid PRIMARY KEY, chapter_id uuid NOT NULL REFERENCES chapters (id),
             note_id uuid REFERENCES notes (id), row_version bigint NOT NULL);
         CREATE TABLE settings (singleton integer PRIMARY KEY CHECK (singleton = 1), theme text NOT NULL, note text,
             limits jsonb NOT NULL, row_version bigint NOT NULL);
         CREATE TABLE settings_favourite_ids (singleton integer NOT NULL REFERENCES settings (singleton) ON DELETE CASCADE,
             favourite_id uuid NOT NULL REFERENCES books (id) ON DELETE CASCADE, position integer NOT NULL,
             PRIMARY KEY (singleton, favourite_id));
         CREATE TABLE profile (person_id uuid PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE, bio text NOT NULL,
             created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, row_version bigint NOT NULL);",
}];
