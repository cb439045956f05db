//! Which signed tokens are accepted, and what is read from them.

use std::time::Duration;

use atlas9_server::{Authenticator, JwtAlgorithm, JwtError, JwtVerifier, Principal};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::tokens::{EC_PUBLIC, RSA_PUBLIC, SECRET, Signer, at, claims, set};

fn by_secret() -> JwtVerifier {
    JwtVerifier::secret(SECRET).expect("a verifier")
}

/// What a verifier makes of a token.
async fn found(verifier: &JwtVerifier, token: &str) -> Option<Principal> {
    verifier.authenticate(token).await.expect("an answer")
}

/// Whether claims signed with the secret are accepted.
async fn check(verifier: &JwtVerifier, changed: Value, accepted: bool) {
    let token = Signer::Secret(SECRET).sign(None, &claims(changed.clone()));
    assert_eq!(found(verifier, &token).await.is_some(), accepted, "{changed}");
}

#[tokio::test]
async fn reads_who_calls() {
    let read = async |verifier: &JwtVerifier, changed: Value| {
        found(verifier, &Signer::Secret(SECRET).sign(None, &claims(changed))).await
    };
    let plain = by_secret();
    let joe = |scopes: &[&str]| Some(Principal::new("joe", scopes.iter().copied()));
    assert_eq!(read(&plain, json!({"sub": "joe", "scope": "a  b"})).await, joe(&["a", "b"]));
    assert_eq!(read(&plain, json!({"sub": "joe", "scope": null, "scp": ["a", "b"]})).await, joe(&["a", "b"]));
    assert_eq!(read(&plain, json!({"sub": "joe", "scope": null})).await, joe(&[]));
    assert_eq!(read(&plain, json!({"sub": "joe", "scope": "a", "tenant": "t"})).await, joe(&["a"]));
    let named = by_secret().scope_claim("https://x/permissions").tenant_claim("org");
    let permissions = json!({"sub": "joe", "https://x/permissions": ["a"], "org": "t-1"});
    let of_tenant = |tenant| joe(&["a"]).map(|joe| joe.with_tenant(tenant));
    assert_eq!(read(&named, permissions.clone()).await, of_tenant("t-1"));
    assert_eq!(
        read(&named, json!({"sub": "joe", "https://x/permissions": "a", "org": 7})).await,
        of_tenant("7")
    );
    assert_eq!(read(&named, json!({"sub": "joe", "https://x/permissions": "a"})).await, joe(&["a"]));
}

#[tokio::test]
async fn holds_claims_to_what_they_mean() {
    let plain = by_secret();
    for (changed, accepted) in [
        (json!({}), true),
        (json!({"exp": at(-90)}), false),
        (json!({"exp": at(-30)}), true),
        (json!({"exp": null}), false),
        (json!({"exp": "tomorrow"}), false),
        (json!({"nbf": at(90)}), false),
        (json!({"nbf": at(30)}), true),
        (json!({"nbf": "tomorrow"}), false),
        (json!({"iat": at(90)}), false),
        (json!({"iat": null}), true),
        (json!({"iat": "today"}), false),
        (json!({"sub": null}), false),
        (json!({"sub": ""}), false),
        (json!({"sub": 7}), false),
        (json!({"sub": "a\nb"}), false),
        (json!({"sub": "x".repeat(256)}), false),
        (json!({"scope": 7}), false),
        (json!({"scope": ["a", 7]}), false),
        // Meant for another service.
        (json!({"aud": "other"}), false),
    ] {
        check(&plain, changed, accepted).await;
    }
    check(&by_secret().tenant_claim("org"), json!({"org": {"id": 1}}), false).await;
    check(&by_secret().leeway(Duration::from_secs(5)), json!({"exp": at(-30)}), false).await;
    // No leeway makes a token last.
    check(&by_secret().leeway(Duration::MAX), json!({"exp": at(-3600)}), false).await;
}

#[tokio::test]
async fn asks_for_issuer_and_audience() {
    let verifier = by_secret().issuer("https://id.example.com/").audience("shop");
    let check = async |issuer: Value, audience: Value, accepted| {
        check(&verifier, json!({"iss": issuer, "aud": audience}), accepted).await;
    };
    let issuer = json!("https://id.example.com/");
    check(issuer.clone(), json!("shop"), true).await;
    check(issuer.clone(), json!(["bank", "shop"]), true).await;
    check(issuer.clone(), json!("bank"), false).await;
    check(issuer.clone(), Value::Null, false).await;
    check(issuer, json!(7), false).await;
    check(json!("https://id.example.com"), json!("shop"), false).await;
    check(Value::Null, json!("shop"), false).await;
}

#[tokio::test]
async fn takes_tokens_of_its_algorithm_and_key() {
    let rsa = JwtVerifier::pem(JwtAlgorithm::Rs256, RSA_PUBLIC).expect("a verifier");
    let ec = JwtVerifier::pem(JwtAlgorithm::Es256, EC_PUBLIC).expect("a verifier");
    let check = async |verifier: &JwtVerifier, signer: Signer, accepted: bool| {
        let token = signer.sign(Some("any"), &claims(json!({})));
        assert_eq!(found(verifier, &token).await.is_some(), accepted, "{:?}", signer.algorithm());
    };
    check(&rsa, Signer::Rsa, true).await;
    check(&rsa, Signer::OtherRsa, false).await;
    check(&rsa, Signer::Ec, false).await;
    check(&rsa, Signer::Secret(SECRET), false).await;
    // The public key, which everybody has, taken for the secret.
    check(&rsa, Signer::Secret(RSA_PUBLIC.as_bytes()), false).await;
    check(&ec, Signer::Ec, true).await;
    check(&ec, Signer::Rsa, false).await;
    check(&ec, Signer::Secret(EC_PUBLIC.as_bytes()), false).await;
    check(&by_secret(), Signer::Secret(SECRET), true).await;
    check(&by_secret(), Signer::Secret(b"another secret of thirty-two bytes"), false).await;
    check(&by_secret(), Signer::Rsa, false).await;
}

#[tokio::test]
async fn refuses_what_was_tampered_with() {
    let verifier = by_secret();
    let part = |value: Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let good = Signer::Secret(SECRET).sign(None, &claims(json!({})));
    let [header, body, signature] = good.splitn(3, '.').collect::<Vec<_>>()[..] else { panic!("{good}") };
    assert!(found(&verifier, &good).await.is_some());
    let other = part(claims(json!({"scope": "books_write"})));
    let (none, signed) = (part(json!({"alg": "none", "typ": "JWT"})), part(json!({"alg": "HS256"})));
    let critical = part(json!({"alg": "HS256", "crit": ["exp"]}));
    for bad in [
        format!("{header}.{other}.{signature}"),
        format!("{none}.{body}."),
        format!("{none}.{body}.{signature}"),
        format!("{signed}.{body}."),
        format!("{critical}.{body}.{signature}"),
        format!("{header}.{body}"),
        format!("{good}.{signature}"),
        format!("{good} "),
        format!("{header}.{body}.{}", "A".repeat(43)),
        "..".to_owned(),
        String::new(),
        "\0.\0.\0".to_owned(),
        "é".to_owned(),
        format!("{}{good}", "A".repeat(10_000)),
    ] {
        assert_eq!(found(&verifier, &bad).await, None, "{bad}");
    }
}

#[tokio::test]
async fn finds_keys_of_a_set_by_their_ids() {
    let strange = [
        json!({"kty": "new"}),
        json!({"kty": "RSA"}),
        json!(7),
        json!({"kty": "oct", "k": "c2VjcmV0", "kid": "s"}),
    ];
    let mut encrypting = Signer::OtherRsa.jwk("e");
    encrypting["use"] = json!("enc");
    let keys = [&strange[..], &[Signer::Rsa.jwk("r"), Signer::Ec.jwk("c"), encrypting]].concat();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("jwks.json");
    std::fs::write(&file, set(&keys)).expect("a file");
    let both = [JwtAlgorithm::Rs256, JwtAlgorithm::Es256];
    let verifier = JwtVerifier::jwks_file(both, &file).expect("a verifier");
    let check = async |verifier: &JwtVerifier, signer: Signer, id: Option<&str>, accepted: bool| {
        let token = signer.sign(id, &claims(json!({})));
        assert_eq!(found(verifier, &token).await.is_some(), accepted, "{:?} {id:?}", signer.algorithm());
    };
    check(&verifier, Signer::Rsa, Some("r"), true).await;
    check(&verifier, Signer::Ec, Some("c"), true).await;
    check(&verifier, Signer::Rsa, None, true).await;
    check(&verifier, Signer::Rsa, Some("c"), false).await;
    check(&verifier, Signer::Rsa, Some("x"), false).await;
    check(&verifier, Signer::OtherRsa, Some("e"), false).await;
    check(&verifier, Signer::OtherRsa, Some("r"), false).await;
    check(&verifier, Signer::Secret(b"secret"), Some("s"), false).await;
    let pinned = JwtVerifier::jwks([JwtAlgorithm::Es256], &set(&keys)).expect("a verifier");
    check(&pinned, Signer::Ec, Some("c"), true).await;
    check(&pinned, Signer::Rsa, Some("r"), false).await;
}

#[test]
fn says_what_is_wrong_with_its_settings() {
    let check = |verifier: Result<JwtVerifier, JwtError>, expected: &str| {
        let told = verifier.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains(expected), "{told}");
    };
    check(JwtVerifier::secret(b"short"), "less than 32 bytes");
    check(JwtVerifier::pem(JwtAlgorithm::Es256, RSA_PUBLIC), "no public key for ES256");
    check(JwtVerifier::pem(JwtAlgorithm::Rs256, "key"), "no public key for RS256");
    check(JwtVerifier::pem(JwtAlgorithm::Hs256, RSA_PUBLIC), "a secret of HS256 by itself");
    check(JwtVerifier::jwks([JwtAlgorithm::Hs256], "{}"), "a secret of HS256 by itself");
    check(JwtVerifier::jwks([JwtAlgorithm::Rs256], "{}"), "no JSON Web Key Set");
    let ec = set(&[Signer::Ec.jwk("c")]);
    check(JwtVerifier::jwks([JwtAlgorithm::Rs256], &ec), "no public key for signatures");
    check(JwtVerifier::jwks_file([JwtAlgorithm::Rs256], "/nowhere/jwks.json"), "/nowhere/jwks.json");
    check(JwtVerifier::jwks_url([JwtAlgorithm::Rs256], "ftp://id.example.com/"), "begins with `https://`");
    check(JwtVerifier::jwks_url([], "https://id.example.com/"), "name at least one");
}
