//! What was typed while the keyboard was switched to the other script: `rkd` is 강, `ㅔㅁ가` is park. Keys are those of the
//! two-set layout (KS X 5002). [`to_hangul`] and [`to_latin`] only turn what comes out whole; whoever asks decides whether
//! the text as typed was meant after all.

mod compose;
mod layout;
#[cfg(test)]
mod tests;

pub use compose::to_hangul;
pub use layout::to_latin;
