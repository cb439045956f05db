//! The grammar's rules in plain words.

use super::Rule;

/// What a reader of a message is told instead of a rule; nothing for what only confuses.
pub(super) fn phrase(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::type_expr | Rule::list_type | Rule::map_type | Rule::ref_type => "a type",
        Rule::expr
        | Rule::argument
        | Rule::setting_values
        | Rule::call
        | Rule::paging
        | Rule::type_arg
        | Rule::default => "a value",
        Rule::int | Rule::decimal | Rule::date | Rule::duration | Rule::prefix => "a value",
        Rule::text | Rule::text_member => "a text in double quotes",
        Rule::kind => "a kind such as `conflict`",
        Rule::name | Rule::path | Rule::pair | Rule::label => "a name",
        Rule::required | Rule::scope => "a scope",
        Rule::raised => "an error",
        Rule::assignments | Rule::assignment | Rule::transition => "a field",
        Rule::verb | Rule::standard | Rule::resource_operation => "a verb such as `list`",
        Rule::discriminator => "a field",
        Rule::targets => "what it stands on, such as `field`",
        Rule::method_path => "a method",
        Rule::variant | Rule::typed => "a variant",
        Rule::clause => "a clause such as `requires`",
        Rule::member | Rule::field => "a field",
        Rule::param => "a parameter",
        Rule::infix => "an operator",
        _ => return sign(rule),
    })
}

fn sign(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::comma => "`,`",
        Rule::equals | Rule::alias => "`=`",
        Rule::question => "`?`",
        Rule::at_sign | Rule::annotation => "an annotation",
        Rule::star => "`*`",
        Rule::arrow | Rule::returns => "`->`",
        Rule::dots => "`..`",
        Rule::open
        | Rule::body
        | Rule::values
        | Rule::variants
        | Rule::scopes
        | Rule::settings
        | Rule::object => "`{`",
        Rule::close => "`}`",
        Rule::open_paren | Rule::args | Rule::type_args | Rule::params => "`(`",
        Rule::close_paren => "`)`",
        Rule::open_bracket | Rule::list => "`[`",
        Rule::close_bracket => "`]`",
        Rule::kw_in | Rule::parent => "`in`",
        Rule::kw_with | Rule::mixins => "`with`",
        Rule::kw_enum => "`enum`",
        Rule::kw_union => "`union`",
        Rule::kw_action => "`action`",
        Rule::kw_by => "`by`",
        Rule::kw_on | Rule::carriers => "`on`",
        Rule::kw_else | Rule::otherwise => "`else`",
        Rule::kw_per | Rule::per => "`per`",
        _ => return None,
    })
}

/// `a, b or c`, each once. A field's colon and an error's text begin alike: the first word tells which was meant.
pub(super) fn listed(phrases: impl Iterator<Item = &'static str>, first_word: &str) -> String {
    let mut all: Vec<&str> = Vec::new();
    for phrase in phrases {
        if !all.contains(&phrase) {
            all.push(phrase);
        }
    }
    if all.iter().any(|phrase| phrase.starts_with("`:`")) {
        let is_text = matches!(first_word, "message" | "remedy");
        all.retain(|phrase| phrase.starts_with("`:`") != is_text);
    }
    // The brackets of a value say less than the word.
    if all.contains(&"a value") {
        all.retain(|phrase| !matches!(*phrase, "`[`" | "`{`" | "`(`" | "a text in double quotes" | "a name"));
    }
    match all.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
