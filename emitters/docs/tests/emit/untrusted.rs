//! Text of the schema's author stays text, wherever it stands.

use super::support::{body, page};

/// Everything that ends an element, an attribute, a script or a comment, and Markdown that leads where nobody should go.
const ATTACK: &str = "</script><script>INJECTED()</script> \" onclick=\"INJECTED() ' onload='INJECTED() <!-- <img src=x onerror=INJECTED()> \
                      [x](javascript:INJECTED()) ![y](https://evil.example/y.png) <style>*{}</style> &lt;b&gt; </pre></code>";

#[test]
fn no_text_becomes_markup() {
    let page = page(&schema(), &[("server_url", ATTACK)]);
    assert_eq!(page.matches("<script").count(), 1, "a script got in");
    assert_eq!(page.matches("</script").count(), 1, "a script ends early");
    assert_eq!(page.matches("<style").count(), 1, "a style got in");
    let body = body(&page);
    assert!(body.matches("INJECTED").count() > 30, "the texts are nowhere");
    for tag in tags(body) {
        assert!(!tag.contains("INJECTED") || tag.contains("&quot;"), "text has become markup: <{tag}>");
        let outside: String = tag.split('"').step_by(2).collect();
        assert!(
            !outside.contains(" on") && !outside.contains("INJECTED"),
            "text has become an attribute: <{tag}>"
        );
        assert!(!tag.starts_with("img") && !tag.contains("javascript:"), "<{tag}>");
    }
    assert!(!body.contains("<!--"), "a comment got in");
}

#[test]
fn nothing_is_loaded() {
    let page = page(&schema(), &[]);
    let head = page.split_once("<style>").map_or("", |(head, _)| head);
    assert!(head.contains("default-src 'none'") && !head.contains("unsafe"), "{head}");
    for tag in tags(body(&page)) {
        assert!(!tag.contains(" src="), "<{tag}>");
    }
    let style = page
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"))
        .map_or("", |(style, _)| style);
    assert!(
        !style.is_empty() && !style.contains("url(") && !style.contains("@import"),
        "the style loads something"
    );
}

fn tags(body: &str) -> impl Iterator<Item = &str> {
    body.split('<').skip(1).filter_map(|rest| rest.split('>').next())
}

fn schema() -> String {
    let docs = format!("/// {ATTACK}\n");
    let quoted = format!("{ATTACK:?}");
    // In a message, braces hold the name of a field.
    let message = quoted.replace(['{', '}'], "");
    format!(
        "{docs}namespace shop
         {docs}service Shop {{ version \"1.0.0\" auth bearer {{ read {quoted} }} }}
         {docs}resource Book {{
             id: uuid @key
             {docs}title: string = {quoted}
             isbn: string(/[*<]INJECTED/)? @deprecated(since: \"1.0.0\", use: title, {quoted})
             state: State = draft
             operations {{
                 list filter(state) requires read
                 get create update requires read
                 {docs}action publish(at: string = {quoted}) -> Book
                     moves state draft -> live else Taken(by: title)
                     requires read
             }}
             rules {{ titled: title != {quoted} {quoted} }}
             examples {{ one {{ title: {quoted} }} }}
         }}
         {docs}enum State {{ draft {quoted} live {quoted} }}
         {docs}error Taken: conflict {{ message {message} remedy {quoted} by: string }}
        "
    )
}
