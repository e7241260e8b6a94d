//! Where a query stands in a text: [`marks`] for a title, [`snippet`] for the best part of a longer text. The same rules
//! that find a text mark it: 공원에서 marks 공원 in 공원을, 어린이보호구역 marks "어린이 보호구역", ㄱㅊㅇ marks 경찰이. What was
//! typed on the wrong keyboard is turned by the caller before it is parsed.

mod find;
mod snippet;
#[cfg(test)]
mod tests;
mod units;

pub use find::marks;
pub use snippet::{Snippet, snippet};
