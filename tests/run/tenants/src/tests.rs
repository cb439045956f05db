//! What the server does for all tenants at once.

use std::time::Duration;

use atlas9_server::testing::Tester;
use atlas9_server::value::{Timestamp, Uuid};
use atlas9_server::{Principal, Store};
use atlas9_suite::postgres::database_of_ordinary_role;

use crate::crm::testing::Client;
use crate::crm::{Contact, CreateContact, CreateCountry};

atlas9_server::tests!(crate::api);

const DAY: Duration = Duration::from_secs(86_400);

/// PostgreSQL is asked by a role that row security binds: a purge that named no tenant would find nothing.
#[tokio::test]
async fn a_purge_takes_what_is_old_of_every_tenant_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sqlite = format!("sqlite://{}/crm.db", folder.path().display());
    for url in [sqlite, database_of_ordinary_role()] {
        let store = Store::open(&url).await.expect("a database");
        let tester = Tester::start_on(store, |store| crate::api(store).app()).await.expect("a server");
        let api = Client(tester);
        api.countries().create(CreateCountry { code: "DE".to_owned().into() }).await.expect("a country");
        let tenants = [1, 2].map(|number| of_tenant(&api, number));
        let start = Timestamp::now();
        api.set_time(start);
        let mut kept = Vec::new();
        for tenant in &tenants {
            let old = contact(tenant, "old").await;
            let recent = contact(tenant, "recent").await;
            kept.push((recent, contact(tenant, "there").await));
            tenant.contacts().delete(old.id).await.expect("a delete");
        }
        api.pass(20 * DAY);
        for (tenant, (recent, _)) in tenants.iter().zip(&kept) {
            tenant.contacts().delete(recent.id).await.expect("a delete");
        }
        let in_days =
            |days: i64| Timestamp::from_micros(start.micros() + days * 86_400_000_000).expect("a time");
        assert_eq!(api.server().purge(in_days(29)).await.expect("a purge"), 0, "{url}");
        assert_eq!(api.server().purge(in_days(31)).await.expect("a purge"), 2, "{url}");
        for (tenant, (recent, there)) in tenants.iter().zip(kept) {
            let listed = tenant.contacts().list("sort=name&show_deleted=true").await.expect("a list");
            let ids: Vec<_> = listed.items.iter().map(|contact| contact.id).collect();
            assert_eq!(ids, [recent.id, there.id], "{url}");
        }
    }
}

fn of_tenant(api: &Client, number: u128) -> Client {
    let tenant = Uuid::from_u128(number).to_string();
    api.as_caller(Principal::new("joe", [""; 0]).with_tenant(tenant))
}

/// The same names and addresses in each tenant.
async fn contact(tenant: &Client, name: &str) -> Contact {
    let made = CreateContact {
        email: format!("{name}@example.com"),
        name: name.to_owned(),
        country_id: "DE".to_owned().into(),
        manager_id: None,
        friend_ids: Vec::new(),
    };
    tenant.contacts().create(made).await.expect("a contact")
}
