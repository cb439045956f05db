//! Enums that are text on the wire.

/// Reads and writes an enum as text. `open` ones keep texts that they do not know; `closed` ones refuse these; `asked` ones only
/// stand in requests.
macro_rules! text_enum {
    (open $name:ident, $unknown:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        text_enum!(@text $name { $($variant = $text,)* } Self::$unknown(text) => text);

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::$unknown(::std::borrow::ToOwned::to_owned(text)),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::string::String as ::serde::Deserialize>::deserialize(from)?;
                ::std::result::Result::Ok(<Self as ::std::convert::From<&str>>::from(&text))
            }
        }
    };
    (closed $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        text_enum!(@text $name { $($variant = $text,)* });

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::string::String as ::serde::Deserialize>::deserialize(from)?;
                match text.as_str() {
                    $($text => ::std::result::Result::Ok(Self::$variant),)*
                    _ => ::std::result::Result::Err(::serde::de::Error::unknown_variant(&text, &[$($text),*])),
                }
            }
        }
    };
    (asked $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        text_enum!(@text $name { $($variant = $text,)* });
    };
    (@text $name:ident { $($variant:ident = $text:literal,)* } $($other:pat => $told:expr)?) => {
        impl $name {
            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    $($other => $told,)?
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
    };
}
