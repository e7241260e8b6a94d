//! Pictures as SVG texts, 720 wide, legible on a phone: letters of 23, names above their bars.

mod budget;
mod canvas;
mod choice;

pub use budget::{budget_rounds, payments};
pub use choice::choice_rounds;
