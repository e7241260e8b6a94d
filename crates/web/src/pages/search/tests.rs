//! What the address of a search says and how marks become pieces.

use madang_flows::search::Marked;
use madang_search::Order;

use super::asked::{Asked, Choices, MOST_WORDS};
use super::shapes;

#[test]
fn an_address_is_read_and_written_again() {
    let query = "q=%EA%B0%80%EB%A1%9C%EB%93%B1&kind=case&agency=mois&phase=open&since=2026-01-02&order=newest&page=3";
    let asked = Asked::of(query);
    assert_eq!((asked.words.as_str(), asked.kind.as_str(), asked.page, asked.newest), ("가로등", "case", 3, true));
    assert_eq!(serde_urlencoded::to_string(asked.pairs()).unwrap(), query);
    assert!(asked.anything());
    assert!(asked.query(&Choices::default()).is_none(), "an agency that is not there has nothing");
    let asked = Asked { agency: String::new(), ..asked };
    let query = asked.query(&Choices::default()).unwrap();
    assert_eq!((query.words.as_str(), query.order, query.kinds.len()), ("가로등", Order::Newest, 1));
    assert_eq!(query.since.map(madang_base::Time::rfc3339_kst), Some("2026-01-02T00:00:00+09:00".to_owned()));
}

#[test]
fn what_means_nothing_is_left_out() {
    let asked = Asked::of("q=+&kind=moon&phase=x&since=yesterday&until=2026-13-01&order=worst&page=minus");
    assert_eq!(asked, Asked { page: 1, ..Asked::default() });
    assert!(!asked.anything());
    assert_eq!(Asked::of("page=999999").page, 500);
    assert!(Asked::of("q=%FF%00").words.len() < 10, "no text at all is no accident");
}

#[test]
fn long_words_are_cut_and_it_is_known() {
    let asked = Asked::of(&format!("q={}", "a".repeat(10_000)));
    assert!(asked.cut && asked.words.len() == MOST_WORDS);
    assert!(!Asked::of("q=a").cut);
    assert_eq!(Asked::of(&format!("q={}", "가".repeat(50))).short().chars().count(), 41);
}

#[test]
fn answers_are_a_kind_of_their_own() {
    let query = Asked::of("q=a&kind=answer").query(&Choices::default()).unwrap();
    assert!(query.answers && query.kinds.is_empty());
}

#[test]
fn marks_cut_the_text_in_pieces() {
    let marked =
        |text: &str, marks: Vec<std::ops::Range<usize>>| Marked { text: text.to_owned(), marks, ..Marked::default() };
    let said = |marked: &Marked| -> Vec<(String, bool)> {
        let one = |part: &serde_json::Value| (part["text"].as_str().unwrap().to_owned(), part["mark"] == true);
        shapes::parts(marked).iter().map(one).collect()
    };
    let piece = |text: &str, mark: bool| (text.to_owned(), mark);
    assert_eq!(said(&marked("공원에서", std::iter::once(0..6).collect())), [piece("공원", true), piece("에서", false)]);
    // Marks that are no borders of characters or lie outside are no marks.
    assert_eq!(said(&marked("공원", vec![1..2, 0..99])), [piece("공원", false)]);
    assert!(said(&marked("", Vec::new())).is_empty());
}
