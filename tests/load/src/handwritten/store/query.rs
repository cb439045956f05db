//! The query of a list, alike in both databases but for how values are bound.

/// Builds a list's query for a database. `$key`, `$time` and `$amount` turn a value into what its column holds.
macro_rules! list_query {
    ($database:ty, $wanted:expr, $key:expr, $time:expr, $amount:expr, $collation:expr) => {{
        use crate::handwritten::list::{After, Sort};
        let wanted = $wanted;
        let columns = super::COLUMNS;
        let mut query =
            sqlx::QueryBuilder::<$database>::new(format!("SELECT {columns} FROM books WHERE 1 = 1"));
        if let Some(status) = wanted.asked.status {
            query.push(" AND status = ").push_bind(status.word());
        }
        if let Some(author) = wanted.asked.author_id {
            query.push(" AND author_id = ").push_bind($key(author));
        }
        let prices = [
            (" = ", wanted.asked.price),
            (" < ", wanted.asked.price_below),
            (" >= ", wanted.asked.price_from),
        ];
        for (operator, amount) in prices {
            if let Some(amount) = amount {
                query.push(" AND price_amount").push(operator).push_bind($amount(amount));
            }
        }
        let operator = if wanted.sort.descending() { " < " } else { " > " };
        match &wanted.after {
            None => {}
            Some(After::Key(id)) => {
                query.push(" AND id > ").push_bind($key(*id));
            }
            Some(After::CreatedAt(time, id)) => {
                keyset!(query, "created_at", operator, $time(*time), $key(*id));
            }
            Some(After::Title(title, id)) => {
                let column = concat!("title", $collation);
                keyset!(query, column, operator, title.clone(), $key(*id));
            }
        }
        query.push(match wanted.sort {
            Sort::Key => " ORDER BY id",
            Sort::CreatedAt { descending: false } => " ORDER BY created_at, id",
            Sort::CreatedAt { descending: true } => " ORDER BY created_at DESC, id",
            Sort::Title { descending: false } => concat!(" ORDER BY title", $collation, ", id"),
            Sort::Title { descending: true } => concat!(" ORDER BY title", $collation, " DESC, id"),
        });
        query.push(" LIMIT ").push_bind(i64::from(wanted.limit) + 1);
        query
    }};
}

/// Rows behind a value and a key: `(c > v OR (c = v AND id > k))`, and `c >= v`, by which the database finds where to begin.
macro_rules! keyset {
    ($query:expr, $column:expr, $operator:expr, $value:expr, $id:expr) => {{
        let from = if $operator == " < " { " <= " } else { " >= " };
        $query.push(" AND ").push($column).push(from).push_bind($value);
        $query.push(" AND (").push($column).push($operator).push_bind($value);
        $query.push(" OR (").push($column).push(" = ").push_bind($value);
        $query.push(" AND id > ").push_bind($id).push("))");
    }};
}

pub(crate) use {keyset, list_query};
