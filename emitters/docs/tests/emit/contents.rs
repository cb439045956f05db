//! What the page says.

use super::support::{body, page};

const SHOP: &str = "namespace shop
    /// A shop.
    service Shop { version \"1.2.0\" base_path \"/v1\" rate_limit 600 per minute auth bearer { read \"Reads.\" } }
    /// One parcel.
    resource Parcel {
        id: uuid @key
        code: string(/^[A-Z]{2}[0-9]{3}$/) @unique @immutable
        weight: decimal(6, 2)? @deprecated(since: \"1.1.0\", on: 2026-05-01, sunset: 2027-06-01, use: code, \"Nobody weighs.\")
        secret: string(..=20)? @writeonly @sensitive
        state: State = packed @readonly
        operations {
            list filter(state, weight) sort(code) requires read
            create idempotent requires read
            action send() -> Parcel
                moves state packed, back -> sent else Lost(parcel: code)
                requires read
            action fetch() -> Parcel moves state sent -> back requires read
        }
        rules { coded: code != \"AA000\" and weight > 0  \"No parcel is called so.\" }
    }
    enum State { packed \"In its box.\" sent back }
    error Lost: conflict { message \"{parcel} is lost.\" remedy \"Look for another.\" parcel: string }";

/// Each of these stands somewhere.
fn check(shop: &str, expected: &[&str]) {
    for part in expected {
        assert!(shop.contains(part), "there is no {part}");
    }
}

#[test]
fn fields_say_what_they_are() {
    let page = page(SHOP, &[]);
    check(
        body(&page),
        &[
            "<li id=\"parcel.fields.code\"><code class=\"name\">code</code> <span class=\"type\">text, matches \
             <code>^[A-Z]{2}[0-9]{3}$</code></span> <span class=\"mark must\">required</span> <span class=\"mark\">unique</span> \
             <span class=\"mark\">never changes</span></li>",
            "<strong>Deprecated</strong> since 1.1.0, from <time datetime=\"2026-05-01\">1 May 2026</time> on. It may go after <time datetime=\"2027-06-01\">1 June 2027</time>. Use \
             <code>code</code> instead. Nobody weighs.",
            "decimal, as text, up to 6 digits, 2 of them behind the point",
            "<span class=\"mark\">write only</span> <span class=\"mark\">sensitive</span>",
            "a word of <a href=\"#type-State\">State</a>",
            "At first: <code>packed</code>.",
            "<code>code != \"AA000\" and weight &gt; 0</code> Otherwise 422 <code>coded</code>.",
            "In its box.",
        ],
    );
}

#[test]
fn operations_say_what_they_take_answer_and_do() {
    let page = page(SHOP, &[]);
    check(
        body(&page),
        &[
            "<article class=\"op pair\" id=\"parcel.create\" data-m=\"POST\" data-p=\"/v1/parcels\" data-b>",
            "<a href=\"#parcel.create\">Create a parcel</a>",
            "Needs the scope <code>read</code>.",
            "Required: <a href=\"#parcel.fields.code\">code</a>.",
            "<span class=\"s ok\">201</span> The new parcel. With <code>ETag</code> and <code>Location</code>.",
            "Moves <code>state</code> from <code>packed</code> or <code>back</code> to <code>sent</code>; otherwise it fails with \
             <a href=\"#error-lost\">lost</a>.",
            "<em>Look for another.</em> Read the resource again before you repeat it.",
            "<code>.ne</code>, <code>.in</code>, <code>.lt</code>, <code>.lte</code>, <code>.gt</code>, <code>.gte</code>, \
             <code>.null</code>",
            "600 requests in a minute.",
            // Of a value that matches its pattern.
            "const parcel = await shop.parcels.create({ code: \"AB345\" });",
            "curl -X POST 'http://localhost:8080/v1/parcels'",
        ],
    );
}

#[test]
fn states_are_drawn_and_told() {
    let page = page(SHOP, &[]);
    check(
        body(&page),
        &[
            "<svg class=\"states\" role=\"img\" aria-labelledby=\"parcel.state.states\"",
            "<tr><td>sent</td><td>back</td><td><a href=\"#parcel.fetch\">fetch</a></td></tr>",
            "<tr><td>back</td><td>sent</td><td><a href=\"#parcel.send\">send</a></td></tr>",
            "It begins as <code>packed</code>.",
        ],
    );
}

#[test]
fn options_choose_the_server_and_the_languages() {
    let other = page(SHOP, &[("server_url", "https://api.shop.example/")]);
    check(body(&other), &["curl -X POST 'https://api.shop.example/v1/parcels'", "data-fixed=\"1\""]);
    let plain = page("namespace a service A { version \"1.0.0\" }", &[]);
    assert!(
        !plain.contains("id=\"about-authentication\"") && !plain.contains("id=\"about-pages\""),
        "{}",
        body(&plain)
    );
}
