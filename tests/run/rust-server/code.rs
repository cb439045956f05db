//! Code for what the cases leave to Rust, as a user writes it against the generated modules, and what is answered then.

use atlas9_server::value::{Timestamp, Uuid};
use atlas9_server::{App, Cx, Problem, Store};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt;

use crate::{queries, reference_lists, service_operations, singleton, union};

/// A server of the service on an empty database.
async fn router(service: &'static atlas9_server::descriptor::Service, code: fn(Store) -> App) -> Router {
    let store = Store::open("sqlite::memory:").await.expect("a database");
    store.migrate(service).await.expect("tables");
    code(store).start().expect("a server").router()
}

/// The service answers a request with a status and a body that holds this; the body.
async fn check(router: &Router, method: &str, path: &str, body: &str, expected: (u16, &str)) -> String {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let answer = router.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
    let body = String::from_utf8_lossy(&body).into_owned();
    assert!(status == expected.0 && body.contains(expected.1), "{method} {path}: {status} {body}");
    body
}

mod of_queries {
    use super::queries::*;
    use super::{Cx, Problem, Uuid};

    pub(super) async fn bestsellers(
        _: &mut Cx,
        input: BestsellersBooks,
    ) -> Result<Vec<Book>, BestsellersBooksError> {
        Ok(vec![book(format!("{} of {} since {}", input.top, input.kinds.len(), input.since))])
    }

    pub(super) async fn totals(_: &mut Cx) -> Result<Totals, TotalsBooksError> {
        Err(Problem::conflict("Nobody counts today.").into())
    }

    pub(super) async fn by_isbn(_: &mut Cx, input: ByIsbnBooks) -> Result<Book, ByIsbnBooksError> {
        Ok(book(format!("{} {}", input.isbn, input.locale.unwrap_or_default())))
    }

    pub(super) async fn import(_: &mut Cx, input: ImportBooks) -> Result<Totals, ImportBooksError> {
        Ok(Totals { count: 1, by_kind: [(input.url, 1)].into() })
    }

    pub(super) async fn reindex(_: &mut Cx) -> Result<(), ReindexBooksError> {
        Ok(())
    }

    pub(super) async fn tag(_: &mut Cx, id: BookId, input: TagBook) -> Result<Book, TagBookError> {
        Ok(Book { id, title: input.tag })
    }

    pub(super) async fn similar(_: &mut Cx, id: BookId) -> Result<Vec<Book>, SimilarBookError> {
        Ok(vec![Book { id, title: "Another".to_owned() }])
    }

    fn book(title: String) -> Book {
        Book { id: BookId::new(Uuid::nil()), title }
    }
}

#[tokio::test]
async fn queries_and_collection_actions() {
    use of_queries::*;
    let router = router(&queries::SERVICE, |store| {
        let code = |books: queries::BooksApi| {
            let books = books.bestsellers(bestsellers).totals(totals).by_isbn(by_isbn);
            books.import(import).reindex(reindex).tag(tag).similar(similar)
        };
        queries::api(store).books(code).app()
    });
    let router = router.await;
    let nil = Uuid::nil();
    let query = "/v1/books/bestsellers?since=2026-11-01&kinds=paper&kinds=audio";
    check(&router, "GET", query, "", (200, r#""title":"10 of 2 since 2026-11-01"}]}"#)).await;
    check(&router, "GET", "/v1/books/totals", "", (409, "Nobody counts today.")).await;
    check(&router, "GET", "/v1/isbn/9780441172719/book", "", (200, r#""title":"9780441172719 "}"#)).await;
    check(&router, "POST", "/v1/books/import", r#"{"url":"x"}"#, (200, r#"{"count":1,"by_kind":{"x":1}}"#))
        .await;
    check(&router, "POST", "/v1/books/reindex", "", (204, "")).await;
    check(&router, "PUT", &format!("/v1/books/{nil}/tags/a%2Fb%25"), "", (200, r#""title":"a/b%""#)).await;
    check(&router, "POST", &format!("/v1/books/{nil}/similar"), "", (200, r#"{"items":[{"id""#)).await;
}

mod of_services {
    use super::service_operations::*;
    use super::{Cx, Timestamp, Uuid};

    pub(super) async fn login(_: &mut Cx, input: LoginInput) -> Result<Session, LoginError> {
        if input.password != "secret" {
            return Err(BadCredentials { left: Some(2) }.into());
        }
        let expires_at: Timestamp = "2026-11-21T09:00:00Z".parse().expect("a time");
        Ok(Session { token: input.email, expires_at, user: Role::Guest })
    }

    pub(super) async fn who(_: &mut Cx, input: WhoInput) -> Result<User, WhoError> {
        Ok(User { id: UserId::new(input.id), name: input.deep.to_string() })
    }

    pub(super) async fn users_named(
        _: &mut Cx,
        input: UsersNamedInput,
    ) -> Result<Vec<User>, UsersNamedError> {
        Ok(vec![User { id: UserId::new(Uuid::nil()), name: input.name }])
    }

    pub(super) async fn purge(_: &mut Cx, _: PurgeInput) -> Result<(), PurgeError> {
        Ok(())
    }

    pub(super) async fn ping(_: &mut Cx) -> Result<(), PingError> {
        Ok(())
    }
}

#[tokio::test]
async fn operations_of_the_service() {
    use of_services::*;
    let started = service_operations::api(Store::open("sqlite::memory:").await.expect("a database")).start();
    let missing = started.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(missing.contains("`login` of the service has no code"), "{missing}");
    let router = router(&service_operations::SERVICE, |store| {
        let tokens = atlas9_server::StaticToken::development("dev", &service_operations::SERVICE);
        let api = service_operations::api(store).authenticator(tokens).login(login).who(who);
        api.users_named(users_named).purge(purge).ping(ping).app()
    });
    let router = router.await;
    let wrong = r#"{"email":"a@b.example","password":"guess"}"#;
    check(&router, "POST", "/v1/login", wrong, (401, r#""code":"bad_credentials""#)).await;
    let right = r#"{"email":"a@b.example","password":"secret"}"#;
    check(&router, "POST", "/v1/login", right, (200, r#"{"token":"a@b.example","#)).await;
    check(&router, "POST", "/v1/ping", "", (204, "")).await;
    check(&router, "GET", "/v1/named?name=x", "", (401, "unauthenticated")).await;
}

mod of_orders {
    use super::union::*;
    use super::{Cx, Problem};

    /// Takes no cheques.
    pub(super) async fn create(cx: &mut Cx, mut order: CreateOrder) -> Result<Order, Problem> {
        order.payment = match order.payment {
            Payment::Cheque(transfer) => Payment::Transfer(transfer),
            payment @ (Payment::Card(_) | Payment::Transfer(_)) => payment,
        };
        default::orders::create(cx, order).await
    }
}

#[tokio::test]
async fn unions() {
    let router = router(&union::SERVICE, |store| {
        union::api(store).orders(|orders| orders.on_create(of_orders::create)).app()
    });
    let router = router.await;
    let order = r#"{"payment":{"method":"cheque","iban":"DE02120300000000202051"},"parts":[]}"#;
    check(&router, "POST", "/orders", order, (201, r#""payment":{"method":"transfer","iban""#)).await;
}

#[tokio::test]
async fn singletons() {
    let router = router(&singleton::SERVICE, |store| {
        let code = |profile: singleton::ProfileApi| {
            profile.on_update(async |cx: &mut Cx, user: singleton::UserId, _: singleton::UpdateProfile| {
                singleton::default::profile::get(cx, user).await
            })
        };
        singleton::api(store).profile(code).app()
    });
    let router = router.await;
    check(&router, "GET", "/settings", "", (200, r#"{"title":"Shop","open":true,"hosts":[]}"#)).await;
    check(&router, "POST", "/settings/close", "", (200, r#""open":false"#)).await;
    let user = check(&router, "POST", "/users", r#"{"email":"a@b.example"}"#, (201, "")).await;
    let id = user.split('"').nth(3).expect("an id");
    check(&router, "PATCH", &format!("/users/{id}/profile"), r#"{"bio":"x"}"#, (200, r#""bio":null"#)).await;
}

mod of_books {
    use super::Cx;
    use super::reference_lists::*;

    /// Names the authors anew.
    pub(super) async fn credit(
        cx: &mut Cx,
        shelf: ShelfId,
        id: BookId,
        input: CreditBook,
    ) -> Result<Book, CreditBookError> {
        let change = UpdateBook { author_ids: Some(input.author_ids), ..UpdateBook::unchanged() };
        Ok(default::books::update(cx, shelf, id, change).await?)
    }
}

#[tokio::test]
async fn lists_of_references() {
    let router = router(&reference_lists::SERVICE, |store| {
        reference_lists::api(store).books(|books| books.credit(of_books::credit)).app()
    });
    let router = router.await;
    check(&router, "POST", "/authors", r#"{"code":"aa"}"#, (201, "")).await;
    let credit = format!("/shelves/{0}/books/{0}/credit", Uuid::nil());
    check(&router, "POST", &credit, r#"{"author_ids":["aa"]}"#, (404, "not_found")).await;
}
