//! Data that stays for as long as the program runs; see [`super::lower`] for why.

/// One value.
pub(crate) fn one<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Some values.
pub(crate) fn slice<T>(values: impl IntoIterator<Item = T>) -> &'static [T] {
    Box::leak(values.into_iter().collect::<Box<[T]>>())
}

/// A text.
pub(crate) fn text(text: &str) -> &'static str {
    Box::leak(Box::<str>::from(text))
}

/// Some texts.
pub(crate) fn texts(texts: &[String]) -> &'static [&'static str] {
    slice(texts.iter().map(|part| text(part)))
}
