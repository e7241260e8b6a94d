//! Who answers for what: the offices and officers that agencies declare ([`contacts`]), and the groups and experts who
//! agreed to be found ([`experts`]) and can be written to ([`letters`]).
//!
//! What it is not: which agency handled what before is the search's to say; here stands only what was declared.
//!
//! **Invariants.** What stands of an office is public and on record, each change of it, too; the officer's name may be
//! left out and is not in the history. An expert's entry is there only while its owner wants it to be: withdrawing deletes
//! the row at once, with the salts of its events. The address of an expert is on no page and in no answer: the site
//! passes letters on.
//!
//! Start reading at [`contacts`].

pub mod contacts;
pub mod experts;
pub mod letters;
mod model;
mod rules;

pub use contacts::{
    contact, contact_confirm, contact_put, contact_record, contact_retire, contacts, contacts_by, contacts_count,
    contacts_of, contacts_page,
};
pub use experts::{
    expert, expert_of, expert_put, expert_remove, expert_withdraw, expert_withdraw_by, experts_by, experts_count,
    experts_page, withdraw_token, withdraw_token_of,
};
pub use letters::{Letter, LetterText, LetterTexts, letter_offices, write_to_expert};
pub use model::{
    Contact, ContactDraft, ContactId, ContactRole, Expert, ExpertDraft, ExpertId, ExpertKind, MAX_AREAS, MAX_TOPICS,
    STALE_DAYS,
};
pub use rules::lines;
