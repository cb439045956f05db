//! Pages, filters, order, search, cursors.

use serde_json::{Value, json};

use crate::harness::{Api, apis, author, book, call, dune};

/// Makes books 1 to 5; two without a weight, prices falling, titles in another order than they are made.
async fn shelf(api: &Api) -> String {
    let author = author(api).await;
    for (isbn, title, weight) in
        [(1, "b", Some(2.5)), (2, "a", None), (3, "É", Some(1.0)), (4, "C", None), (5, "c", Some(2.5))]
    {
        let mut body = dune(&author, isbn);
        body["title"] = json!(title);
        body["weight"] = json!(weight);
        body["price"]["amount"] = json!((11 - isbn).to_string());
        body["copies"] = json!((isbn * 10).to_string());
        api.check(call("POST", "/v1/books").json(body), 201, json!({})).await;
    }
    author
}

/// The titles of all pages, and of how many there are.
async fn titles(api: &Api, query: &str) -> (String, usize) {
    let (mut found, mut pages) = (String::new(), 0);
    let mut next = format!("/v1/books?{query}");
    loop {
        let page = api.check(call("GET", next.clone()), 200, json!({})).await;
        pages += 1;
        for item in page.json["items"].as_array().expect("items") {
            found.push_str(item["title"].as_str().expect("a title"));
        }
        let link = page.header("link");
        if page.json["next_cursor"].is_null() {
            assert_eq!(link, "");
            return (found, pages);
        }
        next = link
            .strip_prefix('<')
            .and_then(|link| link.strip_suffix(">; rel=\"next\""))
            .expect("a link")
            .to_owned();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_in_order() {
    for api in apis().await {
        shelf(&api).await;
        let check = async |query: &str, expected: (&str, usize)| {
            let (found, pages) = titles(&api, query).await;
            assert_eq!((found.as_str(), pages), expected, "{}: {query}", api.database);
        };
        check("", ("baÉCc", 3)).await;
        check("limit=5", ("baÉCc", 1)).await;
        check("limit=99", ("baÉCc", 1)).await;
        check("limit=99999999999999999999", ("baÉCc", 1)).await;
        check("limit=1&sort=title", ("CabcÉ", 5)).await;
        check("sort=-title", ("Écbac".replace("bac", "baC").as_str(), 3)).await;
        check("sort=price.amount", ("cCÉab", 3)).await;
        check("limit=1&sort=weight", ("ÉbcaC", 5)).await;
        check("limit=1&sort=-weight", ("cbÉCa", 5)).await;
        check("limit=1&sort=-weight,title", ("bcÉCa", 5)).await;
        check("sort=-created_at", ("cCÉab", 3)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_searches() {
    for api in apis().await {
        let author = shelf(&api).await;
        let first = api.check(call("GET", "/v1/books?title=b"), 200, json!({})).await.text("/items/0/id");
        api.check(call("POST", format!("/v1/books/{first}/publish")), 200, json!({})).await;
        let summary =
            call("PATCH", format!("/v1/books/{first}")).json(json!({"summary": "Sand % and_Spice"}));
        api.check(summary, 200, json!({})).await;
        let check = async |query: &str, expected: &str| {
            let (found, _) = titles(&api, query).await;
            assert_eq!(found, expected, "{}: {query}", api.database);
        };
        check("status=published", "b").await;
        check("status.ne=draft", "b").await;
        check("status.in=published,retired", "b").await;
        check(&format!("author_id={author}"), "baÉCc").await;
        check("author_id=00000000-0000-7000-8000-000000000000", "").await;
        check("price.amount.lt=8", "Cc").await;
        check("price.amount.gte=8.00&price.amount.lt=10", "aÉ").await;
        check("copies.gt=20&copies.lte=40", "ÉC").await;
        check("copies=-9223372036854775808", "").await;
        check("weight=2.5", "bc").await;
        check("weight.ne=2.5", "aÉC").await;
        check("weight.null=true", "aC").await;
        check("weight.null=false&sort=title", "bcÉ").await;
        check("title.gt=b", "Éc").await;
        check("title=%C3%89", "É").await;
        check("title='%20OR%201=1--", "").await;
        check("inPrint=false", "").await;
        check("created_at.lt=2020-01-01T00:00:00Z", "").await;
        check("created_at.gt=2020-01-01T00:00:00%2B01:00", "baÉCc").await;
        check("q=SPICE+sand", "b").await;
        check("q=%25", "b").await;
        check("q=nothing+sand", "").await;
        check("q=c", "bCc").await;
        check("q=c&status=draft", "Cc").await;
        check("q=", "baÉCc").await;
        api.check(call("GET", "/v1/books?status=draft&count=true"), 200, json!({"count": 4})).await;
        api.check(call("GET", "/v1/books?q=c&count=true&limit=1"), 200, json!({"count": 3})).await;
        // What is counted is what the filter and the search find, on every page.
        let both = "/v1/books?q=c&status=draft&count=true&limit=1";
        let page = api.check(call("GET", both), 200, json!({"count": 2})).await;
        let next = format!("{both}&cursor={}", page.text("/next_cursor"));
        api.check(call("GET", next), 200, json!({"count": 2, "next_cursor": null})).await;
        let without = api.check(call("GET", "/v1/books"), 200, json!({})).await;
        assert!(without.json.get("count").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_queries() {
    for api in apis().await {
        shelf(&api).await;
        let check = async |query: &str, errors: Value| {
            let expected = json!({"code": "malformed", "kind": "malformed", "errors": errors});
            api.check(call("GET", format!("/v1/books?{query}")), 400, expected).await;
        };
        let wrong = |parameter: &str, code: &str| json!({"parameter": parameter, "code": code});
        for limit in ["0", "-1", "x", "1.5", "", "%00"] {
            check(&format!("limit={limit}"), json!([wrong("limit", "out_of_range")])).await;
        }
        check("stauts=draft", json!([{"code": "unknown_parameter", "detail": "there is no such parameter; did you mean `status`?"}])).await;
        check(
            "status=drafd",
            json!([{"code": "unknown_value",
            "detail": "must be one of `draft`, `published`, `retired`; did you mean `draft`?"}]),
        )
        .await;
        check("status.lt=draft", json!([wrong("status.lt", "unknown_parameter")])).await;
        check("sort=titel", json!([wrong("sort", "unknown_value")])).await;
        check("sort=title,-title", json!([wrong("sort", "repeated")])).await;
        check("sort=", json!([wrong("sort", "unknown_value")])).await;
        check("status=draft&status=draft", json!([wrong("status", "repeated")])).await;
        check(
            "price.amount.lt=x&copies=1.5&weight=NaN&inPrint=1&count=yes",
            json!([
                wrong("price.amount.lt", "wrong_format"),
                wrong("copies", "wrong_format"),
                wrong("weight", "wrong_type"),
                wrong("inPrint", "wrong_type"),
                wrong("count", "wrong_format")
            ]),
        )
        .await;
        check("q=%00", json!([wrong("q", "nul_character")])).await;
        check("title=%00", json!([wrong("title", "nul_character")])).await;
        check("q=%ff", json!([wrong("q", "wrong_encoding")])).await;
        check("author_id=1", json!([wrong("author_id", "wrong_format")])).await;
        check("weight=1e400", json!([wrong("weight", "wrong_type")])).await;
        check("price.amount=1e9999999999", json!([wrong("price.amount", "wrong_format")])).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guards_cursors() {
    for api in apis().await {
        shelf(&api).await;
        let page = api.check(call("GET", "/v1/books?sort=title"), 200, json!({})).await;
        let cursor = page.text("/next_cursor");
        let next = |query: &str, cursor: &str| call("GET", format!("/v1/books?{query}&cursor={cursor}"));
        api.check(next("sort=title", &cursor), 200, json!({"items": [{"title": "b"}, {"title": "c"}]})).await;
        api.check(next("sort=title&limit=1", &cursor), 200, json!({"items": [{"title": "b"}]})).await;
        let other =
            json!({"code": "malformed", "errors": [{"parameter": "cursor", "code": "cursor_mismatch"}]});
        for query in
            ["", "sort=-title", "sort=title&status=draft", "sort=title&q=c", "sort=title&show_deleted=true"]
        {
            api.check(next(query, &cursor), 400, other.clone()).await;
        }
        let invalid =
            json!({"code": "malformed", "errors": [{"parameter": "cursor", "code": "invalid_cursor"}]});
        let mut tampered = cursor.clone().into_bytes();
        tampered[30] ^= 1;
        let tampered = String::from_utf8(tampered).expect("ASCII");
        for cursor in ["x", "", &cursor[1..], &format!("{cursor}AA"), &tampered, "%00", "%F0%9F%92%A9"] {
            api.check(next("sort=title", cursor), 400, invalid.clone()).await;
        }
        // A cursor is no right to read.
        api.check(next("sort=title", &cursor).without("authorization"), 401, json!({})).await;
        api.check(next("sort=title", &cursor).header("authorization", "Bearer nobody"), 403, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_what_lives_in_another() {
    for api in apis().await {
        let author = author(&api).await;
        let (first, second) = (book(&api, &author, 1).await, book(&api, &author, 2).await);
        let reviews = |book: &str| format!("/v1/books/{book}/reviews");
        let made = api
            .check(
                call("POST", reviews(&first)).json(json!({"stars": 5, "book_id": second, "id": "x"})),
                201,
                json!({"stars": 5, "book_id": first, "text": null}),
            )
            .await;
        let id = made.text("/id");
        assert_eq!(made.header("location"), format!("/v1/books/{first}/reviews/{id}"));
        api.check(call("GET", reviews(&first)), 200, json!({"items": [{"id": id}], "next_cursor": null}))
            .await;
        api.check(call("GET", reviews(&second)), 200, json!({"items": []})).await;
        api.check(call("GET", format!("{}/{id}", reviews(&first))), 200, json!({"id": id})).await;
        api.check(call("GET", format!("{}/{id}", reviews(&second))), 404, json!({})).await;
        let nobody = "00000000-0000-7000-8000-000000000000";
        api.check(call("GET", reviews(nobody)), 404, json!({"detail": "There is no Book with this key."}))
            .await;
        api.check(call("POST", reviews(nobody)).json(json!({"stars": 5})), 404, json!({})).await;
        api.check(
            call("GET", reviews("x")),
            400,
            json!({"errors": [{"parameter": "book_id", "code": "wrong_format"}]}),
        )
        .await;
        api.check(
            call("DELETE", format!("/v1/books/{first}")),
            409,
            json!({"code": "conflict", "detail": "Review still refers to this Book."}),
        )
        .await;
        api.check(call("DELETE", format!("{}/{id}", reviews(&first))), 204, Value::Null).await;
        api.check(call("DELETE", format!("/v1/books/{first}")), 200, json!({})).await;
        api.check(call("GET", reviews(&first)), 404, json!({})).await;
        api.check(call("POST", reviews(&first)).json(json!({"stars": 5})), 404, json!({})).await;
    }
}
