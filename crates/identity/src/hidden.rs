//! `Debug` for what holds a secret: the type's name and nothing more, so that no log line can carry one.

use std::fmt;

macro_rules! hidden {
    ($($type:ty),+ $(,)?) => { $(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(hidden)"))
            }
        }
    )+ };
}

hidden!(
    crate::admin::Made,
    crate::api_key::Made,
    crate::oidc::Journey,
    crate::oidc::Returned,
    crate::ports::Begun,
    crate::ports::Claims,
    crate::second_factor::Enrolment,
    crate::second_factor::Passed,
);
