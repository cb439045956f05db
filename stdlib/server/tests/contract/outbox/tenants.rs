//! Events say whose row has changed; the service itself reads those of all tenants.

use atlas9_server::descriptor::{
    Access, Auth, Field, Managed, Method, Migration, Operation, OperationKind, Resource, Service, Type,
};
use atlas9_server::value::Timestamp;
use atlas9_server::{App, Authenticator, Outbox, Principal, Problem, Store, handler};
use serde_json::{Value as Json, json};

use super::{drained, told};
use crate::fixtures::{self, DELETED_AT, RESOURCE};
use crate::harness::{Api, call, databases};

static LABEL: Resource = Resource {
    name: "Label",
    snake: "label",
    table: "labels",
    path: "/labels",
    fields: &[
        Field::new("name", Type::string(1, 20)).access(Access::Immutable),
        Field::new("colour", Type::string(1, 20)),
        Field::new("tenant_id", Type::string(1, 20)).access(Access::ReadOnly).managed(Managed::Tenant),
        DELETED_AT,
    ],
    events: true,
    operations: &[
        Operation::new("create", Method::Post, "/labels", OperationKind::Create),
        Operation::new("update", Method::Patch, "/labels/{name}", OperationKind::Update),
        Operation::new(
            "delete",
            Method::Delete,
            "/labels/{name}",
            OperationKind::Delete { soft_keep_days: Some(1) },
        ),
    ],
    ..RESOURCE
};

macro_rules! table {
    ($time:literal) => {
        &[Migration {
            version: 1,
            description: "create",
            up: concat!(
                "CREATE TABLE labels (name text NOT NULL, colour text NOT NULL, tenant_id text NOT NULL, deleted_at ",
                $time,
                ", row_version bigint NOT NULL, PRIMARY KEY (tenant_id, name))"
            ),
        }]
    };
}

static SERVICE: Service = Service {
    name: "Labels",
    auth: &[Auth::Bearer],
    resources: &[&LABEL],
    sqlite: table!("text"),
    postgres: table!("timestamptz"),
    ..fixtures::SERVICE
};

/// A token is the name of its tenant.
struct Tenants;

impl Authenticator for Tenants {
    fn authenticate<'a>(
        &'a self,
        token: &'a str,
    ) -> handler::BoxFuture<'a, Result<Option<Principal>, Problem>> {
        Box::pin(async move { Ok(Some(Principal::new("somebody", Vec::<String>::new()).with_tenant(token))) })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_tenants_with_the_same_key_are_two_rows() {
    for (database, url, _folder) in databases().await {
        let store = Store::open(&url).await.expect("a database");
        store.migrate(&SERVICE).await.expect("migrations");
        let server = App::new(&SERVICE, store.clone()).authenticator(Tenants).start().expect("a server");
        let api = Api::of(server.router(), store.clone());
        for tenant in ["acme", "bolt"] {
            let create = call("POST", "/labels").json(json!({"name": "a/b", "colour": tenant}));
            let create = create.header("authorization", format!("Bearer {tenant}"));
            api.check(create, 201, json!({})).await;
        }
        let outbox = Outbox::new(store.clone());
        let first = outbox.next(1).await.expect("events");
        let second = outbox.next(1).await.expect("the other tenant's row is no reason to wait");
        for (events, tenant) in [(&first, "acme"), (&second, "bolt")] {
            let [event] = events.as_slice() else { panic!("{database}: one event: {events:?}") };
            assert_eq!(
                (event.change.as_str(), event.subject.as_str()),
                ("created", "Label/a%2Fb"),
                "{database}"
            );
            assert_eq!((event.tenant.as_deref(), &event.data["colour"]), (Some(tenant), &json!(tenant)));
            assert_eq!(event.cloud_event()["tenant"], json!(tenant), "{database}");
            outbox.done(events).await.expect("done");
        }

        // The server purges for everybody, and each event says for whom.
        let delete = call("DELETE", "/labels/a%2Fb").header("authorization", "Bearer bolt");
        api.check(delete, 200, json!({})).await;
        let later = Timestamp::from_micros(Timestamp::now().micros() + 2 * 86_400_000_000).expect("a time");
        assert_eq!(server.purge(later).await.expect("a purge"), 1, "{database}");
        let events = drained(&store).await;
        let words: Vec<(String, Option<&str>)> =
            events.iter().map(|event| (told(event), event.tenant.as_deref())).collect();
        let made = second[0].version;
        let expected =
            [format!("deleted Label/a%2Fb {}", made + 1), format!("purged Label/a%2Fb {}", made + 2)];
        assert_eq!(words, expected.map(|words| (words, Some("bolt"))), "{database}");
        assert_eq!(events[1].data, Json::Null, "{database}");
    }
}
