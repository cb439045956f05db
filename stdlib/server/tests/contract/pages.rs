//! Lists that are paged by numbers.

use serde_json::{Value, json};

use crate::harness::call;
use crate::library::help::person;
use crate::library::libraries;

#[tokio::test(flavor = "multi_thread")]
async fn numbers_pages() {
    for api in libraries().await {
        for name in ["B", "A", "B", "C", "A"] {
            person(&api, name).await;
        }
        let names = |json: &Value| -> Vec<String> {
            let items = json["items"].as_array().cloned().unwrap_or_default();
            items.iter().map(|item| item["name"].as_str().unwrap_or_default().to_owned()).collect()
        };
        let first =
            api.check(call("GET", "/v1/people?sort=name"), 200, json!({"page": 1, "next_page": 2})).await;
        assert_eq!(names(&first.json), ["A", "A"]);
        assert!(first.json.get("next_cursor").is_none());
        assert_eq!(first.header("link"), "</v1/people?sort=name&page=2>; rel=\"next\"");
        let second = call("GET", "/v1/people?page=2&sort=name&count=true");
        let second = api.check(second, 200, json!({"page": 2, "next_page": 3, "count": 5})).await;
        assert_eq!(names(&second.json), ["B", "B"]);
        assert_eq!(second.header("link"), "</v1/people?sort=name&count=true&page=3>; rel=\"next\"");
        let last = call("GET", "/v1/people?sort=name&page=3");
        let last = api.check(last, 200, json!({"page": 3, "next_page": null})).await;
        assert_eq!((names(&last.json), last.header("link")), (vec!["C".to_owned()], ""));
        let all =
            api.check(call("GET", "/v1/people?limit=5"), 200, json!({"page": 1, "next_page": null})).await;
        let keys: Vec<&str> = all.json["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter_map(|item| item["id"].as_str())
            .collect();
        assert!(keys.is_sorted(), "{keys:?}");
        let beyond = json!({"items": [], "page": 7, "next_page": null});
        api.check(call("GET", "/v1/people?page=7"), 200, beyond).await;
        for far in ["4294967295", "99999999999999999999999"] {
            let beyond = json!({"items": [], "page": 4_294_967_295_u32, "next_page": null});
            api.check(call("GET", format!("/v1/people?limit=700&page={far}")), 200, beyond).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_other_pages() {
    for api in libraries().await {
        for wrong in ["0", "-1", "x", "", "1.5"] {
            let out = json!({"errors": [{"parameter": "page", "code": "out_of_range"}]});
            api.check(call("GET", format!("/v1/people?page={wrong}")), 400, out).await;
        }
        let cursor = json!({"errors": [{"parameter": "cursor", "code": "unknown_parameter"}]});
        api.check(call("GET", "/v1/people?cursor=x"), 400, cursor).await;
        let page = json!({"errors": [{"parameter": "page", "code": "unknown_parameter"}]});
        api.check(call("GET", "/v1/books?page=1"), 400, page).await;
        let near = json!({"errors": [{"detail": "there is no such parameter; did you mean `page`?"}]});
        api.check(call("GET", "/v1/people?pages=1"), 400, near).await;
    }
}
