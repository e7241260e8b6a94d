//! Addresses of plans and what belongs to them, and the endings that ask for another format.

use madang_http::Visit;

/// In which form something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Page,
    Csv,
    Json,
    Xlsx,
    Atom,
    Ics,
}

const ENDINGS: [(&str, Format); 5] = [
    (".csv", Format::Csv),
    (".json", Format::Json),
    (".xlsx", Format::Xlsx),
    (".atom", Format::Atom),
    (".ics", Format::Ics),
];

/// Splits `2.1.csv` into `2.1` and the format; commitments' numbers have dots, so only known endings count.
pub fn split(word: &str) -> (&str, Format) {
    ENDINGS
        .into_iter()
        .find_map(|(ending, format)| word.strip_suffix(ending).map(|rest| (rest, format)))
        .unwrap_or((word, Format::Page))
}

pub fn plan(visit: &Visit, plan: &str) -> String {
    visit.url(&format!("/plans/{plan}"))
}

/// The page of a commitment by its id, `kr-2021/2.1`.
pub fn commitment(visit: &Visit, id: &str) -> String {
    let (plan, number) = id.split_once('/').unwrap_or((id, ""));
    visit.url(&format!("/plans/{plan}/commitments/{number}"))
}

/// The place of a milestone on the page of its commitment, `kr-2021/2.1/3`.
pub fn milestone(visit: &Visit, id: &str) -> String {
    let (commitment_id, number) = id.rsplit_once('/').unwrap_or((id, ""));
    format!("{}#m{number}", commitment(visit, commitment_id))
}

pub fn agency(visit: &Visit, slug: &str) -> String {
    visit.url(&format!("/agencies/{slug}"))
}

/// The page of an indicator by its id, `kr-2021/women-central-directors`.
pub fn indicator(visit: &Visit, id: &str) -> String {
    visit.url(&format!("/indicators/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_endings_are_cut() {
        assert_eq!(split("2.1"), ("2.1", Format::Page));
        assert_eq!(split("2.1.csv"), ("2.1", Format::Csv));
        assert_eq!(split("kr-2021.atom"), ("kr-2021", Format::Atom));
    }
}
