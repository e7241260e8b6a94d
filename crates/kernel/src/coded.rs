//! Closed lists of words that the database, the API and the catalogues share.

/// Declares an enum whose variants have a stable code: `Display`, `FromStr`, serde and the database all use it.
///
/// The literal after the name is the error code of an unknown word (`Kind::Invalid`, argument `value`).
///
/// ```ignore
/// coded! {
///     /// How far a milestone is.
///     pub enum Progress("plan.progress-unknown") { NotStarted = "not-started", Done = "done" }
/// }
/// ```
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident($unknown:literal) {
        $($(#[$variant_meta:meta])* $variant:ident = $code:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every variant, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::reexport::Error;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                match text {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::reexport::Error::invalid($unknown).arg("value", text)),
                }
            }
        }

        impl $crate::reexport::Serialize for $name {
            fn serialize<S: $crate::reexport::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::string::String as $crate::reexport::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(<D::Error as $crate::reexport::DeError>::custom)
            }
        }

        impl ::std::convert::From<$name> for $crate::reexport::Value {
            fn from(value: $name) -> Self {
                Self::from(value.code())
            }
        }

        impl $crate::reexport::FromValue for $name {
            fn from_value(value: &$crate::reexport::Value) -> $crate::reexport::Result<Self> {
                <::std::string::String as $crate::reexport::FromValue>::from_value(value)?
                    .parse()
                    .map_err($crate::reexport::Error::internal)
            }
        }
    };
}
