//! Whether what is meant is found first: judged queries over 5,500 texts, beside SQLite FTS5 with trigrams and Tantivy as it
//! comes. The measure is nDCG@10 (Järvelin and Kekäläinen 2002) with gains 2^grade − 1.

use std::collections::{BTreeMap, BTreeSet};

use std::path::PathBuf;
use std::sync::Arc;

use madang_base::{Id, SeededRng, Time};
use madang_db::{Db, Tx};
use madang_kernel::change::Change;
use madang_kernel::{ObjectKind, Ref};
use madang_search::{Document, Follower, Index, Kind, Options, Query, Source};
use serde::Deserialize;

use super::corpus::{self, Picks, Text};
use crate::Failure;
use crate::folder::Folder;
use crate::report::Row;

const TEXTS: usize = 5500;
/// Results that are looked at.
const DEPTH: usize = 10;

#[derive(Debug, Deserialize)]
struct Asked {
    kind: String,
    words: String,
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    place: Option<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    query: Vec<Asked>,
}

impl Asked {
    /// How much a text is what was meant: 3, 1 or 0.
    fn grade(&self, text: &Text) -> u32 {
        let meant = |id: &str| self.topic.as_deref() == Some(id) || self.topics.iter().any(|topic| topic == id);
        let near = corpus::topics().iter().any(|topic| meant(&topic.id) && topic.near.iter().any(|n| n == text.topic));
        match (meant(text.topic), self.place.as_deref()) {
            (true, None) => 3,
            (true, Some(place)) if place == text.place => 3,
            (true, Some(_)) => 1,
            (false, None) if near => 1,
            (false, _) => 0,
        }
    }
}

/// What finds: the numbers of texts, best first.
trait Finder {
    fn find(&self, words: &str) -> Result<Vec<usize>, Failure>;
}

pub fn quality(rows: &mut Vec<Row>, said: &crate::Asked) -> Result<(), Failure> {
    let queries: File = toml::from_str(include_str!("../../data/search/queries.toml"))?;
    let picks = Picks::new("quality");
    let texts: Vec<Text> = (0..TEXTS).map(|_| corpus::text(&picks)).collect();
    let folder = Folder::new("search-quality")?;
    let ours = Ours::new(&folder, &texts, None)?;
    let trigrams = Trigrams::new(&texts)?;
    let plain = Plain::new(&texts)?;
    let beside = Folder::new("search-quality-dictionary")?;
    let dictionary = said.dictionary.as_ref().map(|path| Ours::new(&beside, &texts, Some(path.into()))).transpose()?;
    let kinds: BTreeSet<&str> = queries.query.iter().map(|query| query.kind.as_str()).collect();
    for kind in kinds.into_iter().map(Some).chain([None]) {
        let asked: Vec<&Asked> =
            queries.query.iter().filter(|query| kind.is_none_or(|kind| query.kind == kind)).collect();
        let of = |finder: &dyn Finder| mean(finder, &asked, &texts, said.each && kind.is_none());
        let (own, fts, bare) = (of(&ours)?, of(&trigrams)?, of(&plain)?);
        let what = format!("nDCG@10, {} ({} queries)", kind.unwrap_or("all kinds"), asked.len());
        rows.push(Row::at_least(&format!("{what}: ours, SQLite FTS5 trigram"), own, "", fts, 1.0));
        rows.push(Row::at_least(&format!("{what}: ours, Tantivy's default"), own, "", bare, 1.0));
        if let Some(with) = &dictionary {
            rows.push(Row::at_least(&format!("{what}: ours with a dictionary, without"), of(with)?, "", own, 0.0));
        }
    }
    Ok(())
}

fn mean(finder: &dyn Finder, asked: &[&Asked], texts: &[Text], each: bool) -> Result<f64, Failure> {
    let mut sum = 0.0;
    for query in asked {
        let mut grades: Vec<u32> = texts.iter().map(|text| query.grade(text)).collect();
        let found = finder.find(&query.words)?;
        let gained: Vec<u32> = found.iter().take(DEPTH).map(|&n| grades[n]).collect();
        grades.sort_unstable_by(|a, b| b.cmp(a));
        let best = dcg(&grades[..DEPTH]);
        let score = if best > 0.0 { dcg(&gained) / best } else { 0.0 };
        if each {
            use std::io::Write as _;
            let first = found.first().map_or("-", |&n| texts[n].title.as_str());
            writeln!(std::io::stderr(), "{:.2} {} «{}» {first}", score, query.kind, query.words)?;
        }
        sum += score;
    }
    Ok(sum / f64::from(u32::try_from(asked.len().max(1))?))
}

fn dcg(grades: &[u32]) -> f64 {
    let gain = |(at, grade): (u32, &u32)| f64::from((1_u32 << grade) - 1) / f64::from(at + 2).log2();
    (0..).zip(grades).map(gain).sum()
}

/// The index of the product over texts in memory, built as a site builds it.
struct Ours {
    index: Index,
    numbers: BTreeMap<Ref, usize>,
}

impl Ours {
    fn new(folder: &Folder, texts: &[Text], dictionary: Option<PathBuf>) -> Result<Self, Failure> {
        let index = Index::open(&folder.path().join("index"), Options { dictionary, ..Options::default() })?;
        let mut documents: Vec<Document> = Vec::with_capacity(texts.len());
        let mut numbers = BTreeMap::new();
        for (n, text) in (1..).zip(texts) {
            // Ids rise with the numbers.
            let id = Id::<()>::new(Time::from_micros(n * 1000), &SeededRng::new(&n.to_be_bytes()));
            let id = Ref::new(ObjectKind::Case, id);
            numbers.insert(id.clone(), documents.len());
            documents.push(document(id, &text.title, &text.body));
        }
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(async {
            let db = Db::open("sqlite::memory:", madang_db::Options::default()).await?;
            let (_, position) = tokio::sync::watch::channel(0);
            let sources: Arc<[Arc<dyn Source>]> = Arc::new([Arc::new(Texts(documents)) as Arc<dyn Source>]);
            let follower = Follower { db: db.clone(), index: index.clone(), sources, position };
            follower.catch_up().await?;
            db.close().await
        })?;
        Ok(Self { index, numbers })
    }
}

/// Texts in memory, by rising ids.
struct Texts(Vec<Document>);

impl Source for Texts {
    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Case]
    }

    fn touched(&self, _tx: &mut Tx, _change: &Change) -> madang_base::Result<Vec<Ref>> {
        Ok(Vec::new())
    }

    fn documents(&self, _tx: &mut Tx, ids: &[Ref]) -> madang_base::Result<Vec<Document>> {
        Ok(self.0.iter().filter(|document| ids.contains(&document.id)).cloned().collect())
    }

    fn page(&self, _tx: &mut Tx, after: Option<&Ref>, limit: u32) -> madang_base::Result<Vec<Document>> {
        let from = after.map_or(0, |after| self.0.partition_point(|document| document.id <= *after));
        Ok(self.0.iter().skip(from).take(limit as usize).cloned().collect())
    }
}

fn document(id: Ref, title: &str, body: &str) -> Document {
    Document {
        id,
        kind: Kind::Case,
        title: title.to_owned(),
        body: body.to_owned(),
        answer: String::new(),
        service: None,
        agencies: Vec::new(),
        area: None,
        phase: None,
        state: None,
        at: Time::from_micros(1),
        weight: 0,
    }
}

impl Finder for Ours {
    fn find(&self, words: &str) -> Result<Vec<usize>, Failure> {
        let query = Query { words: words.to_owned(), ..Query::default() };
        let found = self.index.search(&query, 0, DEPTH)?;
        Ok(found.ids.iter().filter_map(|hit| self.numbers.get(&hit.id).copied()).collect())
    }
}

/// SQLite FTS5 with its trigram tokenizer: all words, or else any of them, by its bm25.
struct Trigrams(rusqlite::Connection);

impl Trigrams {
    fn new(texts: &[Text]) -> Result<Self, Failure> {
        let connection = rusqlite::Connection::open_in_memory()?;
        connection.execute_batch("CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize = 'trigram')")?;
        let mut insert = connection.prepare("INSERT INTO texts (rowid, title, body) VALUES (?1, ?2, ?3)")?;
        for (n, text) in texts.iter().enumerate() {
            insert.execute((i64::try_from(n)?, &text.title, &text.body))?;
        }
        drop(insert);
        Ok(Self(connection))
    }

    fn ask(&self, query: &str) -> Result<Vec<usize>, Failure> {
        let mut select =
            self.0.prepare("SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY bm25(texts, 3.0, 1.0) LIMIT ?2")?;
        let rows = select.query_map((query, i64::try_from(DEPTH)?), |row| row.get::<_, i64>(0))?;
        let mut out = Vec::new();
        for row in rows {
            out.push(usize::try_from(row?)?);
        }
        Ok(out)
    }
}

impl Finder for Trigrams {
    fn find(&self, words: &str) -> Result<Vec<usize>, Failure> {
        let quoted: Vec<String> =
            words.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', ""))).collect();
        for joined in [quoted.join(" AND "), quoted.join(" OR ")] {
            let found = self.ask(&joined)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}

/// Tantivy with its default tokenizer and query parser, title three times the body: all words, or else any of them.
struct Plain {
    index: tantivy::Index,
    number: tantivy::schema::Field,
    fields: [tantivy::schema::Field; 2],
}

impl Plain {
    fn new(texts: &[Text]) -> Result<Self, Failure> {
        use tantivy::schema::{FAST, STORED, Schema, TEXT};
        let mut schema = Schema::builder();
        let (title, body) = (schema.add_text_field("title", TEXT), schema.add_text_field("body", TEXT));
        let number = schema.add_u64_field("number", FAST | STORED);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer: tantivy::IndexWriter = index.writer(50_000_000)?;
        for (n, text) in texts.iter().enumerate() {
            writer.add_document(
                tantivy::doc!(title => text.title.as_str(), body => text.body.as_str(), number => n as u64),
            )?;
        }
        writer.commit()?;
        Ok(Self { index, number, fields: [title, body] })
    }
}

impl Finder for Plain {
    fn find(&self, words: &str) -> Result<Vec<usize>, Failure> {
        use tantivy::collector::TopDocs;
        use tantivy::schema::Value as _;
        let searcher = self.index.reader()?.searcher();
        for all in [true, false] {
            let mut parser = tantivy::query::QueryParser::for_index(&self.index, self.fields.to_vec());
            parser.set_field_boost(self.fields[0], 3.0);
            if all {
                parser.set_conjunction_by_default();
            }
            let (query, _) = parser.parse_query_lenient(words);
            let found = searcher.search(&query, &TopDocs::with_limit(DEPTH).order_by_score())?;
            if !found.is_empty() {
                let mut out = Vec::new();
                for (_, address) in found {
                    let document: tantivy::TantivyDocument = searcher.doc(address)?;
                    let number = document.get_first(self.number).and_then(|value| value.as_u64()).unwrap_or(0);
                    out.push(usize::try_from(number)?);
                }
                return Ok(out);
            }
        }
        Ok(Vec::new())
    }
}
