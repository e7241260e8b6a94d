//! Pictures as SVG texts, for wide windows and for telephones, with their title on them: names above their bars.

mod budget;
mod canvas;
mod choice;

pub use budget::{budget_rounds, payments};
pub use canvas::Width;
pub use choice::choice_rounds;
