//! Enums of the errors that an operation declares.

/// Finds the error by its code; what the operation does not declare, or what does not carry what it should, is the last variant.
macro_rules! operation_error {
    ($name:ident, $unknown:ident { $($variant:ident = $code:literal),* $(,)? }) => {
        impl ::std::convert::From<$crate::api::Problem> for $name {
            fn from(problem: $crate::api::Problem) -> Self {
                match problem.code() {
                    $($code => match $crate::api::Declared::read(problem) {
                        ::std::result::Result::Ok(declared) => Self::$variant(declared),
                        ::std::result::Result::Err(problem) => Self::$unknown(problem),
                    },)*
                    _ => Self::$unknown(problem),
                }
            }
        }

        impl ::std::convert::From<$name> for $crate::api::Problem {
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(declared) => declared.into_problem(),)*
                    $name::$unknown(problem) => problem,
                }
            }
        }

        impl ::std::convert::AsRef<$crate::api::Problem> for $name {
            fn as_ref(&self) -> &$crate::api::Problem {
                match self {
                    $(Self::$variant(declared) => declared.problem(),)*
                    Self::$unknown(problem) => problem,
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(::std::convert::AsRef::<$crate::api::Problem>::as_ref(self), f)
            }
        }

        impl ::std::error::Error for $name {}

        impl $crate::api::OperationError for $name {}

        impl ::std::convert::From<$crate::api::Error<$name>> for $crate::api::Error {
            fn from(error: $crate::api::Error<$name>) -> Self {
                error.general()
            }
        }
    };
}
