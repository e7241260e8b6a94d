//! The plan that ships with the product.

use super::{TODAY, imported, shipped_file, system};
use crate::file::Counts;
use crate::service;
use crate::views;

#[test]
fn counts_are_those_of_the_document() {
    let file = shipped_file();
    let expected = Counts { themes: 3, commitments: 14, parts: 4, commitments_with_parts: 16, milestones: 77 };
    assert_eq!(file.counts(), expected);
}

#[tokio::test]
async fn import_twice_changes_nothing_the_second_time() {
    for db in imported().await {
        let (ctx, file) = (system(TODAY), shipped_file());
        let expected = file.counts();
        let again = db.write(move |tx| service::import::apply(tx, &ctx, &file)).await.unwrap();
        assert!(again.is_empty(), "{again:#?}");
        let counts = db.read(|tx| views::plan(tx, "kr-2021", TODAY, 0).map(|v| v.counts)).await.unwrap();
        assert_eq!(counts, expected);
        let loaded = db.read(|tx| views::load::plan_file(tx, "kr-2021")).await.unwrap().unwrap();
        assert_eq!(loaded, shipped_file());
    }
}

#[tokio::test]
async fn the_page_counts_every_milestone_once() {
    for db in imported().await {
        let page = db.read(|tx| views::plan(tx, "kr-2021", TODAY, 5)).await.unwrap();
        assert_eq!(page.progress.total, page.counts.milestones);
        assert_eq!(page.themes.len(), 3);
        let with_parts = page.themes.iter().flat_map(|t| &t.commitments).filter(|c| c.has_parts).count();
        assert_eq!(with_parts, 2);
        assert_eq!(page.progress.completed, 0, "nobody has reported anything");
        assert_eq!(page.progress.late, 0, "late needs a report");
        assert_eq!(page.moved.len(), 1);
    }
}
