//! Settings in layers.

use std::collections::BTreeMap;
use std::time::Duration;

use atlas9_server::{Config, Ended, LogFormat, Metrics, Own, Settings};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn config() -> Config {
    Config::new("shop", "The server of a shop.")
        .default("database_url", "sqlite://shop.db")
        .own(Own::secret("token", "SHOP_TOKEN", "the token"))
        .own(Own::new("currency", "SHOP_CURRENCY", "what prices are in"))
}

fn load(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Settings, Ended> {
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    let variables: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    config().load_from(&arguments, &variables)
}

fn good(arguments: &[&str], variables: &[(&str, &str)]) -> Settings {
    load(arguments, variables).unwrap_or_else(|ended| panic!("{ended:?}"))
}

fn wrong(arguments: &[&str], variables: &[(&str, &str)]) -> Vec<String> {
    match load(arguments, variables) {
        Err(Ended::Wrong(sentences)) => sentences,
        Err(Ended::Asked(text)) => panic!("{text}"),
        Ok(_) => panic!("nothing is wrong"),
    }
}

fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.yaml");
    std::fs::write(&path, text).expect("a file");
    let path = path.display().to_string();
    (folder, path)
}

#[test]
fn the_last_layer_wins() {
    let settings = good(&[], &[]);
    assert_eq!(
        (settings.address(), settings.database_url.as_str()),
        ("127.0.0.1:8080".to_owned(), "sqlite://shop.db")
    );
    assert_eq!((settings.get("token"), settings.get("currency")), (None, None));
    let (_folder, path) = file(
        "# The shop.\nport: 1\nhost: \"::1\"\nbody_limit: 2MiB\ntimeout: 10s\nrate_limit: false\nmetrics: 127.0.0.1:9100\ncurrency: EUR\n",
    );
    let variables = [
        ("ATLAS9_CONFIG", path.as_str()),
        ("PORT", "2"),
        ("ATLAS9_PORT", "3"),
        ("ATLAS9_TIMEOUT", "20s"),
        ("SHOP_TOKEN", "t"),
        ("ATLAS9_HOST", ""),
    ];
    let settings = good(&["--timeout=500ms", "--log-format", "json"], &variables);
    assert_eq!(settings.address(), "[::1]:3");
    assert_eq!(
        (settings.options.body_limit, settings.options.timeout),
        (2 << 20, Duration::from_millis(500))
    );
    assert!(!settings.options.rate_limit);
    assert_eq!(settings.options.metrics, Metrics::At("127.0.0.1:9100".parse().expect("an address")));
    assert_eq!((settings.get("token"), settings.get("currency")), (Some("t"), Some("EUR")));
    assert_eq!(settings.log_format, LogFormat::Json);
    // A flag wins over a variable that names another file, too.
    let (_other, other) = file("port: 9\n");
    assert_eq!(good(&["--config", &other], &[("ATLAS9_CONFIG", &path)]).port, 9);
}

#[test]
fn prints_what_is_set_and_no_secrets() {
    let (_folder, path) =
        file(&format!("cursor_secret: {SECRET}\npool_connections: 3\ncurrency: http://me:hush@bank\n"));
    let variables = [("DATABASE_URL", "postgres://me:hush@host/shop"), ("SHOP_TOKEN", "hush-too")];
    let Err(Ended::Asked(text)) = load(&["--print-config", "--config", &path, "--port", "0"], &variables)
    else {
        panic!("settings were asked for")
    };
    let lines: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| line.split_once("  # "))
        .map(|(value, origin)| (value.trim(), origin))
        .collect();
    assert_eq!(lines.len(), text.lines().count());
    for expected in [
        ("database_url: postgres://me:***@host/shop", "environment DATABASE_URL"),
        ("port: 0", "flag --port"),
        ("pool_connections: 3", &format!("file {path}:2")),
        ("cursor_secret: ***", &format!("file {path}:1")),
        ("token: ***", "environment SHOP_TOKEN"),
        // A key of the program's own that is an address.
        ("currency: http://me:***@bank", &format!("file {path}:3")),
        ("timeout: 30s", "default"),
        ("idempotency_ttl: 24h", "default"),
        ("body_limit: 1048576", "default"),
        ("metrics: on", "default"),
        ("otlp_endpoint: (none)", "default"),
    ] {
        assert!(lines.contains(&expected), "no {expected:?} in\n{text}");
    }
    assert!(!text.contains("hush") && !text.contains(SECRET), "{text}");
}

#[test]
fn what_is_printed_can_be_read_again() {
    let Err(Ended::Asked(text)) = load(&["--print-config", "--slow-request", "250ms"], &[]) else {
        panic!("settings were asked for")
    };
    let kept: String =
        text.lines().filter(|line| !line.contains(": (")).map(|line| format!("{line}\n")).collect();
    let (_folder, path) = file(&kept);
    assert_eq!(good(&["--config", &path], &[]).options.slow_request, Duration::from_millis(250));
}

#[test]
fn helps() {
    let Err(Ended::Asked(text)) = load(&["--help"], &[("ATLAS9_PORT", "x")]) else {
        panic!("help was asked for")
    };
    for word in [
        "The server of a shop.",
        "--body-limit",
        "--print-config",
        "--config FILE",
        "[PORT]",
        "[SHOP_TOKEN]",
        "--currency",
    ] {
        assert!(text.contains(word), "no {word} in\n{text}");
    }
}

#[test]
fn tells_everything_that_is_wrong_with_its_place() {
    let (_folder, path) = file("port: 70000\nbody_limt: 1\ntimeout: 30\nmetrics: [on]\n");
    let told = wrong(&["--config", &path], &[]);
    assert_eq!(told, [format!("{path}:4: must be lines of YAML, each a key, a colon and a single value")]);
    let (_folder, path) = file("port: 70000\nbody_limt: 1\ntimeout: 30\n");
    let told = wrong(
        &["--config", &path, "--prot", "--log-format", "yaml", "--pool-timeout", "0s", "--connections"],
        &[
            ("ATLAS9_HEADER_COUNT", "many"),
            ("ATLAS9_HEADER_COUNTS", "1"),
            ("ATLAS9_TOOLS", "/x"),
            ("ATLAS9_CURSOR_SECRET", "short-secret"),
        ],
    );
    let expected = [
        "there is no flag `--prot`; did you mean `--port`? (`--help` prints them all)".to_owned(),
        "`--connections` has no value: write `--connections VALUE`".to_owned(),
        format!("{path}:2: there is no key `body_limt`; did you mean `body_limit`?"),
        "there is no setting `ATLAS9_HEADER_COUNTS` in the environment; did you mean `ATLAS9_HEADER_COUNT`?"
            .to_owned(),
        format!("`port` (file {path}:1): `70000` is not a whole number up to 65535"),
        "`log_format` (flag --log-format): `yaml` is not `text` or `json`".to_owned(),
        "`header_count` (environment ATLAS9_HEADER_COUNT): `many` is not a whole number".to_owned(),
        format!("`timeout` (file {path}:3): `30` is not a time above zero, `500ms`, `30s`, `5m` or `24h`"),
        "`cursor_secret` (environment ATLAS9_CURSOR_SECRET): its value is not a secret of at least 32 bytes"
            .to_owned(),
        "`pool_timeout` (flag --pool-timeout): `0s` is not a time above zero, `500ms`, `30s`, `5m` or `24h`"
            .to_owned(),
    ];
    assert_eq!(told, expected);
    let missing = wrong(&["--config", "/nowhere/shop.yaml"], &[]);
    assert!(missing[0].starts_with("cannot read `/nowhere/shop.yaml`"), "{missing:?}");
    let (_folder, path) = file("port: 1\n- x\nsecret: hush\n");
    let broken = wrong(&["--config", &path], &[]);
    assert!(
        broken[0].contains("lines of YAML") && broken[0].starts_with(&path) && !broken[0].contains("hush"),
        "{broken:?}"
    );
    let none = Config::new("shop", "").load_from(&[], &BTreeMap::new());
    assert!(matches!(none, Err(Ended::Wrong(told)) if told[0].contains("DATABASE_URL")));
}
