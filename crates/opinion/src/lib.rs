//! Opinion maps: which groups of people vote alike, what sets each apart, and what all of them share.
//!
//! People vote agree, pass or disagree on short statements of others. [`map`] puts people who vote alike near each other,
//! finds two to five groups, names the statements that mark each group and those that nearly everybody shares, and says
//! which statement is worth showing next. The method is that of Polis with its published constants: Small, Bjorkegren,
//! Erkkilä, Shaw, Megill, "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces", Recerca 26 (2021).
//!
//! What is more than Polis: one vote per person and statement, and votes that can be taken back ([`Conversation`]); the same
//! votes give the same bytes in any order and on any machine; a map that is kept up to date ([`Live`]); and [`assess`], which
//! says how firm the groups are and when the map means nothing.
//!
//! **Signs.** Agree is +1, disagree −1, pass 0, as in the published `votes.csv`. Polis' own mathematics has agree = −1, so
//! its pictures are mirrored; groups and statements are the same.
//!
//! **Order.** People and statements are always in the order of their ids. Groups are numbered from 0, the one with the most
//! people first; of two that are alike, the one with the person of the lowest id. Sums of decimals run in these orders only,
//! never in the order of arrival or of threads. Only `+ − × ÷ √` are used, which IEEE 754 fixes to the last bit.
//!
//! Pure: no clock, disk, network or random choice (random numbers come in from outside). Start reading at [`map()`].

mod cluster;
pub mod explain;
#[cfg(any(test, feature = "generate"))]
pub mod generate;
mod live;
mod map;
mod matrix;
mod pca;
mod previous;
mod random;
pub mod read;
mod route;
mod settings;
mod stability;
mod statements;
mod trust;
mod votes;

pub use cluster::adjusted_rand;
pub use live::Live;
pub use map::{BaseCluster, Component, Group, GroupCount, Map, PersonPlace, StatementPlace, map};
pub use previous::Previous;
pub use route::{next_statement, priority};
pub use settings::Settings;
pub use stability::{Firmness, GroupStability, Stability};
pub use statements::{Representative, Shared, SharedStatements, Tally};
pub use trust::{Assessment, ByChance, Quality, Trials, Warning, assess};
pub use votes::{Choice, Conversation, PersonId, Standing, StatementId, Vote};
