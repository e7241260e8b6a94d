//! All kinds of events that the program appends: what can stand in the log.

#[cfg(test)]
mod tests;

use madang_kernel::ledger::Kind;

/// Every kind of every domain, those of the kernel first. A kind that is missing here has no words, no line in
/// `docs/ledger.md` and no recount.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        madang_kernel::kinds::KINDS,
        madang_identity::kinds::KINDS,
        madang_plans::kinds::KINDS,
        madang_cases::kinds::KINDS,
        madang_newsletter::kinds::KINDS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The kind of this name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.name == name)
}
