//! The parts of a page as tables for other programs: stable heads in English, codes beside names, numbers as numbers.

use madang_base::{Error, LocalizedText, Result};
use madang_cases::figures::{Dashboard, Line};
use madang_kernel::coded;

coded! {
    /// One table of a page.
    pub enum Table("figures.table-unknown") {
        /// The key numbers, one in a row.
        Counts = "counts",
        Trend = "trend",
        Days = "days",
        Grounds = "grounds",
        Satisfaction = "satisfaction",
        Funnel = "funnel",
        Areas = "areas",
        Services = "services",
        Agencies = "agencies",
    }
}

/// The table that an address asks for; the trend when it names none.
///
/// # Errors
/// `Kind::Invalid` `figures.table-unknown`.
pub fn asked(word: Option<&str>) -> Result<Table> {
    let Some(word) = word else { return Ok(Table::Trend) };
    word.parse().map_err(|_| {
        let known = Table::ALL.iter().map(|table| table.code()).collect::<Vec<_>>().join(", ");
        let shown: String = word.chars().take(40).collect();
        Error::invalid("figures.table-unknown").arg("value", shown).arg("known", known)
    })
}

/// Heads and rows.
#[must_use]
pub fn table(board: &Dashboard, table: Table) -> (Vec<String>, Vec<Vec<String>>) {
    let (heads, rows): (&[&str], Vec<Vec<String>>) = match table {
        Table::Counts => (&["measure", "count"], counts(board)),
        Table::Trend => (
            &["month", "received", "answered", "in_time", "overdue"],
            board
                .trend
                .iter()
                .map(|row| {
                    let numbers = [row.received, row.answered, row.in_time, row.overdue];
                    [vec![row.month.strftime("%Y-%m").to_string()], texts(&numbers)].concat()
                })
                .collect(),
        ),
        Table::Days => (&["measure", "days"], days(board)),
        Table::Grounds => (
            &["ground", "name_ko", "name_en", "count"],
            board.grounds.iter().map(|(id, name, count)| named(id, name, &[*count])).collect(),
        ),
        Table::Satisfaction => (
            &["points", "count"],
            (1_i64..).zip(board.satisfaction.counts).map(|(points, count)| texts(&[points, count])).collect(),
        ),
        Table::Funnel => (
            &["state", "name_ko", "name_en", "count"],
            board.funnel.iter().map(|stage| named(&stage.id, &stage.name, &[stage.count])).collect(),
        ),
        Table::Areas => {
            (&["area", "count"], board.areas.iter().map(|(area, count)| vec![area.clone(), option(*count)]).collect())
        }
        Table::Services => (LINES, board.services.iter().map(line).collect()),
        Table::Agencies => (LINES, board.agencies.iter().map(line).collect()),
    };
    (heads.iter().map(|head| (*head).to_owned()).collect(), rows)
}

const LINES: &[&str] = &[
    "id",
    "name_ko",
    "name_en",
    "received",
    "open",
    "answered",
    "in_time",
    "late",
    "undated",
    "overdue",
    "refused",
    "withdrawn",
    "merged",
    "reopened",
    "transferred_away",
    "median_days",
];

fn line(line: &Line) -> Vec<String> {
    let c = &line.counts;
    let numbers = [
        c.received,
        c.open,
        c.answered,
        c.in_time,
        c.late,
        c.undated,
        c.overdue,
        c.refused,
        c.withdrawn,
        c.merged,
        c.reopened,
        c.transferred_away,
    ];
    let mut row = named(&line.slug, &line.name, &numbers);
    row.push(option(line.median));
    row
}

fn counts(board: &Dashboard) -> Vec<Vec<String>> {
    let c = &board.counts;
    [
        ("received", c.received),
        ("open", c.open),
        ("answered", c.answered),
        ("in_time", c.in_time),
        ("late", c.late),
        ("undated", c.undated),
        ("overdue", c.overdue),
        ("refused", c.refused),
        ("withdrawn", c.withdrawn),
        ("merged", c.merged),
        ("reopened", c.reopened),
        ("transferred_away", c.transferred_away),
    ]
    .map(|(name, count)| vec![name.to_owned(), count.to_string()])
    .to_vec()
}

/// Without an answer there are no days, and nothing stands for them.
fn days(board: &Dashboard) -> Vec<Vec<String>> {
    let d = &board.days;
    let known = |days: i64| option((d.n > 0).then_some(days));
    [
        ("answered", d.n.to_string()),
        ("p10", known(d.p10)),
        ("p25", known(d.p25)),
        ("median", known(d.median)),
        ("p75", known(d.p75)),
        ("p90", known(d.p90)),
    ]
    .map(|(name, value)| vec![name.to_owned(), value])
    .to_vec()
}

fn named(id: &str, name: &LocalizedText, numbers: &[i64]) -> Vec<String> {
    let exact = |tag| name.exact(tag).unwrap_or_default().to_owned();
    [vec![id.to_owned(), exact("ko"), exact("en")], texts(numbers)].concat()
}

fn texts(numbers: &[i64]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

fn option(number: Option<i64>) -> String {
    number.map(|n| n.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use madang_cases::figures::{Counts, Month, Rating, Spread, Stage};

    use super::*;

    fn board() -> Dashboard {
        let name = LocalizedText::default();
        Dashboard {
            position: 7,
            complete: true,
            counts: Counts { received: 3, ..Counts::default() },
            days: Spread::default(),
            grounds: vec![("petition/secret".into(), name.clone(), 1)],
            satisfaction: Rating { counts: [0, 0, 0, 1, 2], n: 3, mean: Some(4.7) },
            funnel: vec![Stage { id: "received".into(), name: name.clone(), count: 3 }],
            trend: vec![Month { month: date(2026, 3, 1), received: 3, answered: 2, in_time: 1, overdue: 0 }],
            areas: vec![("서울특별시".into(), None), ("부산광역시".into(), Some(9))],
            services: vec![],
            agencies: vec![Line { id: "x".into(), slug: "mois".into(), name, counts: Counts::default(), median: None }],
        }
    }

    #[test]
    fn every_row_is_as_long_as_its_head() {
        for word in Table::ALL {
            let (heads, rows) = table(&board(), *word);
            assert!(rows.iter().all(|row| row.len() == heads.len()), "{word}");
            assert_eq!(asked(Some(word.code())).unwrap(), *word);
        }
    }

    #[test]
    fn what_is_not_told_is_empty() {
        assert_eq!(table(&board(), Table::Areas).1[0], ["서울특별시", ""]);
        assert_eq!(table(&board(), Table::Days).1[3], ["median", ""]);
        assert_eq!(table(&board(), Table::Trend).1, [["2026-03", "3", "2", "1", "0"]]);
        assert_eq!(asked(None).unwrap(), Table::Trend);
        assert_eq!(asked(Some("x")).unwrap_err().code(), "figures.table-unknown");
    }
}
