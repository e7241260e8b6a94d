//! Services and agencies one below the other, in an order that the reader chooses.

use std::cmp::{Ordering, Reverse};

use madang_base::Locale;
use madang_cases::figures::{Counts, Line};
use madang_kernel::coded;

coded! {
    /// What comes first.
    pub enum Order("figures.order-unknown") {
        Received = "received",
        Overdue = "overdue",
        /// The slowest first; those without an answer last.
        Median = "median",
        /// The smallest share first; those of which none is known last.
        InTime = "in-time",
        Name = "name",
    }
}

/// Those that were answered or are past their date: what the share in time is of.
#[must_use]
pub fn dated(counts: &Counts) -> i64 {
    counts.in_time + counts.late + counts.overdue
}

/// Sorts; equal lines keep the order of their words in addresses.
pub fn sort(lines: &mut [Line], order: Order, locale: Locale) {
    lines.sort_by(|a, b| {
        let by = match order {
            Order::Received => b.counts.received.cmp(&a.counts.received),
            Order::Overdue => b.counts.overdue.cmp(&a.counts.overdue),
            Order::Median => b.median.cmp(&a.median),
            Order::InTime => share(&a.counts, &b.counts),
            Order::Name => a.name.get(locale).cmp(b.name.get(locale)),
        };
        by.then_with(|| Reverse(a.counts.received).cmp(&Reverse(b.counts.received))).then_with(|| a.slug.cmp(&b.slug))
    });
}

/// Compares shares without dividing; one of nothing comes after all others.
fn share(a: &Counts, b: &Counts) -> Ordering {
    match (dated(a), dated(b)) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Greater,
        (_, 0) => Ordering::Less,
        (of_a, of_b) => (i128::from(a.in_time) * i128::from(of_b)).cmp(&(i128::from(b.in_time) * i128::from(of_a))),
    }
}

#[cfg(test)]
mod tests {
    use madang_base::LocalizedText;

    use super::*;

    fn line(slug: &str, received: i64, in_time: i64, late: i64, overdue: i64, median: Option<i64>) -> Line {
        let counts = Counts { received, in_time, late, overdue, ..Counts::default() };
        Line { id: slug.into(), slug: slug.into(), name: LocalizedText::default(), counts, median }
    }

    #[test]
    fn each_order_puts_the_worst_first_and_the_unknown_last() {
        let all = [line("a", 9, 1, 1, 0, Some(3)), line("b", 5, 0, 0, 0, None), line("c", 7, 3, 0, 2, Some(12))];
        let sorted = |order| {
            let mut lines = all.to_vec();
            sort(&mut lines, order, Locale::Ko);
            lines.iter().map(|line| line.slug.clone()).collect::<String>()
        };
        assert_eq!(sorted(Order::Received), "acb");
        assert_eq!(sorted(Order::Overdue), "cab");
        assert_eq!(sorted(Order::Median), "cab");
        assert_eq!(sorted(Order::InTime), "acb");
        assert_eq!(sorted(Order::Name), "acb");
    }
}
