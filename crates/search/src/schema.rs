//! What is in the index.
//!
//! | field | holds | for |
//! |---|---|---|
//! | `id` | the reference, stored | deleting, answering |
//! | `text` | words of everything, how often | ranking |
//! | `pairs` | pairs of syllables of everything, where | finding regardless of spaces, phrases |
//! | `title`, `title_pairs` | the same of the title | ranking |
//! | `initials` | initial consonants of the title, where | ㄱㅊㅇ |
//! | `typed` | what the title's words begin with, by key stroke | suggestions |
//! | `answer`, `answer_pairs` | the same of the answer | asking answers only |
//! | `kind`, `service`, `agency`, `area`, `phase`, `state` | codes | filters |
//! | `at`, `rank` | columns | order, filter by time, ties |

use madang_text::analyze;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{TantivyDocument, Term};

use crate::dictionary::Dictionary;
use crate::model::Document;
use crate::tokens::Analyzer;

/// Raised when the fields change, so that indexes of before are built anew.
const FIELDS: u32 = 2;

/// The beginning of the folder names of indexes that this program can read.
pub(crate) fn version(dictionary: Option<&Dictionary>) -> String {
    let words = if dictionary.is_some() { "d" } else { "" };
    format!("v{}.{FIELDS}{words}", analyze::VERSION)
}

/// The fields by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub id: Field,
    pub text: Field,
    pub pairs: Field,
    pub title: Field,
    pub title_pairs: Field,
    pub initials: Field,
    pub typed: Field,
    pub answer: Field,
    pub answer_pairs: Field,
    pub kind: Field,
    pub service: Field,
    pub agency: Field,
    pub area: Field,
    pub phase: Field,
    pub state: Field,
    pub at: Field,
    pub rank: Field,
}

fn words(builder: &mut SchemaBuilder, name: &str, tokenizer: &str, option: IndexRecordOption, norms: bool) -> Field {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    use IndexRecordOption::{Basic, WithFreqs, WithFreqsAndPositions};
    let mut builder = Schema::builder();
    let raw = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(Basic).set_fieldnorms(false);
    let code = TextOptions::default().set_indexing_options(raw);
    let fields = Fields {
        id: builder.add_text_field("id", code.clone() | STORED),
        text: words(&mut builder, "text", "words", WithFreqs, true),
        pairs: words(&mut builder, "pairs", "pairs", WithFreqsAndPositions, true),
        title: words(&mut builder, "title", "words", WithFreqs, true),
        title_pairs: words(&mut builder, "title_pairs", "pairs", WithFreqsAndPositions, true),
        initials: words(&mut builder, "initials", "initials", WithFreqsAndPositions, false),
        typed: words(&mut builder, "typed", "typed", Basic, false),
        answer: words(&mut builder, "answer", "words", WithFreqs, true),
        answer_pairs: words(&mut builder, "answer_pairs", "pairs", WithFreqsAndPositions, true),
        kind: builder.add_text_field("kind", code.clone()),
        service: builder.add_text_field("service", code.clone()),
        agency: builder.add_text_field("agency", code.clone().set_fast("raw")),
        area: builder.add_text_field("area", code.clone()),
        phase: builder.add_text_field("phase", code.clone()),
        state: builder.add_text_field("state", code),
        at: builder.add_i64_field("at", FAST),
        rank: builder.add_f64_field("rank", FAST),
    };
    (builder.build(), fields)
}

/// The tokenizers that the schema names.
pub(crate) fn tokenizers(dictionary: Option<&Dictionary>) -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register("words", Analyzer::words(dictionary));
    manager.register("pairs", Analyzer::pairs());
    manager.register("initials", Analyzer::initials());
    manager.register("typed", Analyzer::typed());
    manager
}

/// The part of a score that does not depend on the question: who stands behind it (a thousand people are worth 0.7) and
/// when (a year is worth 0.1). It decides between texts that fit about equally well; one rare word weighs ten times more.
fn rank(document: &Document) -> f64 {
    const YEAR: f64 = 365.25 * 86_400.0 * 1_000_000.0;
    let people = 0.1 * f64::from(document.weight).ln_1p();
    #[expect(clippy::cast_precision_loss, reason = "microseconds of an instant are far below 2^53")]
    let years = (document.at.micros() as f64 / YEAR - 30.0).clamp(0.0, 100.0);
    0.1f64.mul_add(years, people)
}

/// Every level of an area: `서울특별시 종로구` is in `서울특별시` and in `서울특별시 종로구`.
pub(crate) fn levels(area: &str) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    for part in area.split_whitespace() {
        levels.push(levels.last().map_or_else(|| part.to_owned(), |above| format!("{above} {part}")));
    }
    levels
}

impl Fields {
    pub(crate) fn id_term(&self, id: &str) -> Term {
        Term::from_field_text(self.id, id)
    }

    /// What is written for a document.
    pub(crate) fn write(&self, document: &Document) -> TantivyDocument {
        let mut out = TantivyDocument::new();
        out.add_text(self.id, document.id.to_string());
        out.add_text(self.kind, document.kind.code());
        for text in [&document.title, &document.body, &document.answer] {
            if !text.is_empty() {
                out.add_text(self.text, text);
                out.add_text(self.pairs, text);
            }
        }
        for line in document.title.lines() {
            out.add_text(self.title, line);
            out.add_text(self.title_pairs, line);
            out.add_text(self.initials, line);
            out.add_text(self.typed, line);
        }
        if !document.answer.is_empty() {
            out.add_text(self.answer, &document.answer);
            out.add_text(self.answer_pairs, &document.answer);
        }
        let codes = [(self.service, &document.service), (self.phase, &document.phase), (self.state, &document.state)];
        for (field, code) in codes {
            if let Some(code) = code {
                out.add_text(field, code);
            }
        }
        for agency in &document.agencies {
            out.add_text(self.agency, agency.to_string());
        }
        for level in document.area.as_deref().map(levels).unwrap_or_default() {
            out.add_text(self.area, level);
        }
        out.add_i64(self.at, document.at.micros());
        out.add_f64(self.rank, rank(document));
        out
    }
}
