//! The parts of a query.

/// A query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What is looked for, in the order typed; each different from all others.
    pub parts: Vec<Part>,
    /// The whole query is consonants: ㄱㅊㅇ. There are no parts then.
    pub initials: Option<String>,
    /// More was typed than is used.
    pub cut: bool,
}

/// One word or phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As typed, in the shape that the index has: NFC, narrow, lower case. Words of a phrase are separated by one space.
    pub text: String,
    /// Without particles, endings, plural; of a phrase the same as `text`. It is what [`crate::analyze::words`] gives for a
    /// text that holds the word in any of its forms, when `script` is not mixed.
    pub stem: String,
    /// It stood in quotation marks.
    pub phrase: bool,
    /// What is looked for does not hold it.
    pub not: bool,
    pub script: Script,
}

/// What a part is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Hangul,
    /// Letters of any other script that has words.
    Latin,
    Number,
    /// Several, Chinese characters, or letters of Hangul that stand alone: look it up by its pairs.
    Mixed,
}
