//! Korean texts to search: titles and sentences of `bench/data/search`, put together by a seed.

use std::sync::LazyLock;

use madang_base::{Rng, SeededRng};
use serde::Deserialize;

/// A subject that people write about.
#[derive(Debug, Deserialize)]
pub struct Topic {
    pub id: String,
    /// Topics that somebody who looks for this one would look at too.
    pub near: Vec<String>,
    /// `{p}` is a place.
    pub titles: Vec<String>,
    pub texts: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Topics {
    common: Vec<String>,
    topic: Vec<Topic>,
}

static TOPICS: LazyLock<Topics> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/search/topics.toml")).expect("the file of topics is in order")
});
static PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../../data/search/places.txt").lines().collect());

/// The subjects.
pub fn topics() -> &'static [Topic] {
    &TOPICS.topic
}

pub fn places() -> &'static [&'static str] {
    &PLACES
}

/// A text whose topic and place are known.
#[derive(Debug)]
pub struct Text {
    pub topic: &'static str,
    pub place: &'static str,
    pub title: String,
    pub body: String,
}

/// Picks by a seed: the same on every machine.
#[derive(Debug)]
pub struct Picks(SeededRng);

impl Picks {
    pub fn new(seed: &str) -> Self {
        Self(SeededRng::new(seed.as_bytes()))
    }

    pub fn below(&self, end: usize) -> usize {
        let word = u64::from_be_bytes((&self.0 as &dyn Rng).bytes());
        usize::try_from(word % (end.max(1) as u64)).unwrap_or(0)
    }

    pub fn one<'a, T>(&self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// One text: a title, two or three sentences of its topic, one that everybody writes.
pub fn text(picks: &Picks) -> Text {
    let topic = picks.one(topics());
    let place = picks.one(places());
    let title = picks.one(&topic.titles).replace("{p}", place);
    let first = picks.below(topic.texts.len());
    let mut body = String::new();
    for n in 0..(2 + picks.below(2)).min(topic.texts.len()) {
        body.push_str(&topic.texts[(first + n) % topic.texts.len()]);
        body.push(' ');
    }
    body.push_str(picks.one::<String>(&TOPICS.common));
    Text { topic: &topic.id, place, title, body }
}

/// The beginnings and ends of words that no other text need have: names of streets, shops, houses.
const FIRST: [&str; 40] = [
    "한", "은", "새", "큰", "솔", "별", "달", "해", "강", "산", "들", "바", "나", "다", "라", "마", "사", "아", "자",
    "차", "카", "타", "파", "하", "가", "고", "노", "도", "로", "모", "보", "소", "오", "조", "초", "코", "토", "포",
    "호", "미",
];
const LAST: [&str; 12] =
    ["마을", "빌라", "상가", "골목", "슈퍼", "약국", "아파트", "공방", "회관", "다리", "언덕", "교회"];

/// A longer text, 300 characters on average, with words that are rare: for a million of them.
pub fn long(picks: &Picks) -> Text {
    let mut out = text(picks);
    let (a, b, c) = (picks.one(&FIRST), picks.one(&FIRST), picks.one(&FIRST));
    let more = 4 + picks.below(8);
    for n in 0..more {
        out.body.push(' ');
        match n % 4 {
            0 => out.body.push_str(&format!(
                "{a}{b}{c}{} 앞에서 {}일 동안 지켜보았습니다.",
                picks.one(&LAST),
                2 + picks.below(90)
            )),
            1 | 2 => out.body.push_str(picks.one::<String>(&picks.one(topics()).texts)),
            _ => out.body.push_str(picks.one::<String>(&TOPICS.common)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_have_three_hundred_characters_on_average() {
        let picks = Picks::new("mean");
        let sum: usize =
            (0..2000).map(|_| long(&picks)).map(|t| t.title.chars().count() + t.body.chars().count()).sum();
        assert!((280..=320).contains(&(sum / 2000)), "{}", sum / 2000);
    }
}
