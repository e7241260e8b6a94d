//! Builds an index of made-up Korean texts and measures building and asking:
//! `cargo run --release -p madang-search --example measure -- [documents] [threads]`.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use madang_base::{Result, Rng, SeededRng, Time};
use madang_db::{Db, Tx};
use madang_kernel::change::Change;
use madang_kernel::{ObjectKind, OrganisationId, Ref};
use madang_search::{Document, Follower, Index, Kind, Options, Query, Source};
use tokio::sync::watch;

/// Syllables of made-up nouns, the common ones first.
const SYLLABLES: &str = "가공원도로시지사기대전자정보인수동주차장학교어린이보호구역단속설치요청민원청소년노령층복지관문화재체육센터병의료비용급식유\
치원버스철하횡건널목신등불법소음환경쓰레수거재활용폐물처리상담안내행정동사무택배달오토바킥전거길가산책하천강변나무꽃공기질미세먼오염악취\
층간벽균열아파트빌라전월세계약금융출대이자세납부고령연금험보장애편의점경사엘베터화실내외남여육아휴직출산장려입학취업창업일훈련";

const PARTICLES: [&str; 12] = ["을", "를", "이", "가", "은", "는", "에", "에서", "의", "으로", "와", "도"];
const ENDINGS: [&str; 8] =
    ["해 주세요", "필요합니다", "불편합니다", "없습니다", "바랍니다", "늘려 주십시오", "위험합니다", "부탁드립니다"];

struct Words {
    nouns: Vec<String>,
    rng: SeededRng,
}

impl Words {
    fn new(seed: &[u8]) -> Self {
        let syllables: Vec<char> = SYLLABLES.chars().collect();
        let mut words = Self { nouns: Vec::new(), rng: SeededRng::new(seed) };
        for _ in 0..20_000 {
            let length = 2 + words.below(3);
            let noun = (0..length).map(|_| syllables[words.below(syllables.len())]).collect();
            words.nouns.push(noun);
        }
        words
    }

    fn below(&mut self, n: usize) -> usize {
        let mut bytes = [0; 8];
        self.rng.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % n as u64) as usize
    }

    /// The common ones far more often than the rare ones, as in language.
    fn noun(&mut self) -> String {
        let mut bytes = [0; 8];
        self.rng.fill(&mut bytes);
        let unit = (u64::from_le_bytes(bytes) >> 11) as f64 / (1u64 << 53) as f64;
        let rank = ((self.nouns.len() as f64).powf(unit) - 1.0) as usize;
        self.nouns[rank.min(self.nouns.len() - 1)].clone()
    }

    fn text(&mut self, characters: usize) -> String {
        let mut text = String::new();
        let mut length = 0;
        while length < characters {
            let mut word = self.noun();
            match self.below(8) {
                0 => word.push_str(&format!(" {}.", ENDINGS[self.below(ENDINGS.len())])),
                1..=2 => {}
                _ => word.push_str(PARTICLES[self.below(PARTICLES.len())]),
            }
            length += word.chars().count() + 1;
            text.push_str(&word);
            text.push(' ');
        }
        text
    }

    fn document(&mut self, n: usize) -> Document {
        let agency: OrganisationId =
            format!("018f0000-0000-7000-8000-0000000000{:02x}", self.below(60)).parse().expect("an id");
        Document {
            id: Ref::new(ObjectKind::Case, format!("c-{n:08}")),
            kind: Kind::Case,
            title: format!("{} {} {}", self.noun(), self.noun(), self.noun()),
            body: self.text(285),
            answer: String::new(),
            service: Some(["petition", "complaint", "proposal", "information"][self.below(4)].to_owned()),
            agencies: vec![agency],
            area: Some(format!("서울특별시 {}", ["종로구", "중구", "용산구", "성동구"][self.below(4)])),
            phase: Some(["open", "answered"][self.below(2)].to_owned()),
            state: None,
            at: Time::from_micros(1_700_000_000_000_000 + n as i64 * 60_000_000),
            weight: self.below(1000) as u32,
        }
    }
}

/// Gives made-up documents.
struct Made(Vec<Document>);

impl Source for Made {
    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Case]
    }

    fn touched(&self, _tx: &mut Tx, _change: &Change) -> Result<Vec<Ref>> {
        Ok(Vec::new())
    }

    fn documents(&self, _tx: &mut Tx, _ids: &[Ref]) -> Result<Vec<Document>> {
        Ok(Vec::new())
    }

    fn page(&self, _tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>> {
        let from = after.map_or(0, |after| self.0.partition_point(|document| document.id <= *after));
        Ok(self.0[from..].iter().take(limit as usize).cloned().collect())
    }
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_micros() as f64 / 1000.0;
    println!("{what:44} p50 {:8.2} ms  p99 {:8.2} ms  max {:8.2} ms", at(50), at(99), at(100));
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<usize>().expect("a number"));
    let documents = arguments.next().unwrap_or(200_000);
    let threads = arguments.next().unwrap_or(2);
    let mut words = Words::new(b"measure");
    let made = Made((0..documents).map(|n| words.document(n)).collect());
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::open("sqlite::memory:", madang_db::Options::default()).await?;
    let index = Index::open(folder.path(), Options { threads, ..Options::default() })?;
    let (_sender, position) = watch::channel(0);
    let follower = Follower { db, index: index.clone(), sources: Arc::new([Arc::new(made)]), position };
    let start = Instant::now();
    follower.catch_up().await?;
    let took = start.elapsed();
    let status = index.status();
    println!(
        "{} documents in {:.1} s: {:.0}/s, {} MB",
        status.documents,
        took.as_secs_f64(),
        status.documents as f64 / took.as_secs_f64(),
        status.bytes >> 20
    );
    for (what, count, spaces, filter) in [
        ("one word", 1, true, false),
        ("two words", 2, true, false),
        ("two words and a filter", 2, true, true),
        ("two words without spaces and a filter", 2, false, true),
        ("three words and a filter", 3, true, true),
        ("five words", 5, true, false),
    ] {
        let mut times = Vec::new();
        let mut counts = 0;
        for _ in 0..300 {
            let typed: Vec<String> = (0..count).map(|_| words.noun()).collect();
            let query = Query {
                words: typed.join(if spaces { " " } else { "" }),
                service: filter.then(|| "petition".to_owned()),
                ..Query::default()
            };
            let start = Instant::now();
            counts += index.search(&query, 0, 20)?.count;
            times.push(start.elapsed());
        }
        say(&format!("{what} ({} found)", counts / 300), times);
    }
    let mut times = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..200 {
        let (title, text) = (format!("{} {}", words.noun(), words.noun()), words.text(200));
        let start = Instant::now();
        index.alike(&title, &text, Some("petition"), 10)?;
        times[0].push(start.elapsed());
        let start = Instant::now();
        index.suggest(&title.chars().take(2).collect::<String>(), 8)?;
        times[1].push(start.elapsed());
        let start = Instant::now();
        index.agencies(&title, None, 5)?;
        times[2].push(start.elapsed());
        let start = Instant::now();
        index.search(&Query { words: format!("\"{title}\""), ..Query::default() }, 0, 20)?;
        times[3].push(start.elapsed());
    }
    for (what, times) in ["alike", "suggest", "agencies", "phrase"].into_iter().zip(times) {
        say(what, times);
    }
    Ok(())
}
