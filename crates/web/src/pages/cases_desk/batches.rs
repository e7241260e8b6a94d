//! Paper sheets and supports by proxy: entered as a table that is pasted from a spreadsheet, line by line accounted for.

use axum::extract::Path;
use http::StatusCode;
use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_cases::support::{AgeBand, Batch, BatchId, BatchInput, BatchKind, BatchResult, PaperLine, Region, batch};
use madang_cases::views::CaseView;
use madang_http::{Input, Outcome, Visit, status_of};
use madang_kernel::{ObjectKind, Ref};
use serde_json::{Value, json};

use super::super::receipts::check::{self, Check};
use super::case::{head, involved};
use super::kit::{self, option, t};
use super::names::Names;
use super::reading;
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form};

type Place = Path<(String, String)>;

/// The form as typed.
#[derive(Default)]
struct Typed {
    kind: String,
    protocol: String,
    sheets: String,
    lines: String,
}

/// A line of the table, with what cannot be read of it.
struct Line {
    cells: [String; 5],
    read: PaperLine,
    /// A message's key.
    wrong: Option<&'static str>,
}

/// The lines of a pasted table: name, birthday, a part of the address, province, age band, parted by tabs. Empty lines
/// and a head are left out.
fn lines(visit: &Visit, text: &str) -> Vec<Line> {
    let cells = |line: &str| -> [String; 5] {
        let mut parts = line.split('\t').map(|cell| cell.trim().to_owned());
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    };
    let full = text.lines().filter(|line| !line.trim().is_empty()).map(cells);
    let head = t(visit, "batch-column-name", &[]);
    full.filter(|cells| cells[0] != head).map(|cells| line(visit, cells)).collect()
}

fn line(visit: &Visit, cells: [String; 5]) -> Line {
    let birth = day(&cells[1]);
    let region = code(&cells[3], Region::ALL.iter().map(|r| r.code()), |code| t(visit, &format!("region-{code}"), &[]));
    let age_band = code(&cells[4], AgeBand::ALL.iter().map(|a| a.code()), |code| t(visit, &format!("age-{code}"), &[]));
    let wrong = if cells[0].is_empty() {
        Some("batch-line-name")
    } else if birth.is_none() && !cells[1].is_empty() {
        Some("batch-line-birth")
    } else if region.is_none() && !cells[3].is_empty() {
        Some("batch-line-region")
    } else if age_band.is_none() && !cells[4].is_empty() {
        Some("batch-line-age")
    } else {
        None
    };
    let read = PaperLine { name: cells[0].clone(), birth, mark: cells[2].clone(), claim: None, region, age_band };
    Line { cells, read, wrong }
}

/// `1980-01-02`, `1980.1.2`, `19800102`.
fn day(text: &str) -> Option<Date> {
    let digits = text.chars().all(|c| c.is_ascii_digit());
    if digits && text.len() == 8 {
        return Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok();
    }
    let mut parts = text.split(['-', '.', '/']).map(str::trim).filter(|part| !part.is_empty());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A code, or the name that pages show for it.
fn code<'a>(text: &str, mut codes: impl Iterator<Item = &'a str>, name: impl Fn(&str) -> String) -> Option<String> {
    let found = codes.find(|code| *code == text || name(code) == text);
    found.map(str::to_owned).filter(|_| !text.is_empty())
}

pub(super) async fn show(visit: Visit, Path((_, number)): Place) -> Outcome {
    let view = open(&visit, &number).await?;
    page(&visit, &view, &Typed::default(), Vec::new(), StatusCode::OK, None).await
}

/// The case, for officers and clerks of an agency that has it.
async fn open(visit: &Visit, number: &str) -> Result<CaseView> {
    let view = reading::open(visit, number, None).await?;
    if view.service.definition.support.as_ref().is_none_or(|support| !support.paper) {
        return Err(Error::not_found("support.no-paper"));
    }
    let here = involved(&view);
    if kit::counters(visit).iter().any(|own| here.contains(own)) {
        return Ok(view);
    }
    Err(Error::not_found("case.unknown").arg("value", number))
}

async fn page(
    visit: &Visit,
    view: &CaseView,
    typed: &Typed,
    errors: Vec<FieldMessage>,
    status: StatusCode,
    result: Option<&BatchResult>,
) -> Outcome {
    let (ctx, cases, ids, case) = (visit.ctx.clone(), kit::cases(visit)?, involved(view), view.case.id);
    let (names, all) =
        visit.app.db.read(move |tx| Ok((Names::of(tx, &ctx, &cases, &ids)?, batch::list(tx, case)?))).await?;
    let kinds = BatchKind::ALL.iter().map(|kind| {
        let chosen = kind.code() == typed.kind || (typed.kind.is_empty() && *kind == BatchKind::Paper);
        option(kind.code(), t(visit, &format!("batch-kind-{kind}"), &[]), chosen)
    });
    let table = lines(visit, &typed.lines);
    let object = Ref::new(ObjectKind::Case, view.case.id);
    let position = view.supports.as_ref().map(|supports| supports.position).filter(|position| *position > 0);
    let data_href = format!("/cases/{}/count.json", view.case.number);
    let check = check::of(visit, Check { key: "paper", position, object: Some(&object), data_href }).await;
    let context = json!({
        "check": check, "case": head(visit, view), "action": visit.url(&visit.path), "kinds": kinds.collect::<Vec<_>>(),
        "values": { "protocol": typed.protocol, "sheets": typed.sheets, "lines": typed.lines },
        "table": table.iter().enumerate().map(|(at, line)| row(visit, at + 1, line, result)).collect::<Vec<_>>(),
        "wrong": table.iter().filter(|line| line.wrong.is_some()).count(),
        "result": result.map(|r| json!({
            "accepted": r.accepted, "duplicates": r.duplicates.len(), "refused": r.refused.len(),
        })),
        "batches": all.iter().map(|b| batch_row(visit, &names, b)).collect::<Vec<_>>(),
        "errors": errors,
    });
    Page::new(visit, "cases-desk/batches.html").form().status(status).render(&context)
}

fn row(visit: &Visit, no: usize, line: &Line, result: Option<&BatchResult>) -> Value {
    let (state, words) = match result {
        None => match line.wrong {
            Some(key) => ("wrong", t(visit, key, &[])),
            None => ("good", String::new()),
        },
        Some(result) => {
            let refused = result.refused.iter().find(|refused| refused.line == no);
            match refused {
                Some(refused) => ("wrong", t(visit, &format!("error-{}", refused.code.replace('.', "-")), &[])),
                None if result.duplicates.contains(&no) => ("again", t(visit, "batch-duplicate", &[])),
                None => ("counted", t(visit, "batch-counted", &[])),
            }
        }
    };
    json!({ "no": no, "cells": line.cells, "state": state, "words": words })
}

fn batch_row(visit: &Visit, names: &Names, batch: &Batch) -> Value {
    json!({
        "id": batch.id.to_string(), "kind": t(visit, &format!("batch-kind-{}", batch.kind), &[]), "at": batch.at.micros(),
        "by": names.get(visit, batch.account), "protocol": batch.protocol, "sheets": batch.sheets, "accepted": batch.accepted,
        "duplicates": batch.duplicates, "refused": batch.refused,
        "undone_at": batch.undone_at.map(madang_base::Time::micros), "undone_reason": batch.undone_reason,
    })
}

pub(super) async fn act(visit: Visit, Path((_, number)): Place, input: Input) -> Outcome {
    let view = open(&visit, &number).await?;
    let text = |name: &str| input.text(name).to_owned();
    let typed = Typed { kind: text("kind"), protocol: text("protocol"), sheets: text("sheets"), lines: text("lines") };
    let outcome = match input.text("go") {
        "undo" => {
            return match undo(&visit, &input).await {
                Ok(()) => Ok(done(&visit, &format!("{}/batches", kit::path(&number)), "batch-undone")),
                Err(error) => {
                    let error = keep_for_form(error)?;
                    let errors = form_errors(&visit.app, &visit, &error);
                    page(&visit, &view, &typed, errors, status_of(error.kind()), None).await
                }
            };
        }
        "enter" => enter(&visit, &number, &typed).await,
        _ => return page(&visit, &view, &typed, Vec::new(), StatusCode::OK, None).await,
    };
    match outcome {
        Ok(result) => page(&visit, &view, &typed, Vec::new(), StatusCode::OK, Some(&result)).await,
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            page(&visit, &view, &typed, errors, status_of(error.kind()), None).await
        }
    }
}

async fn enter(visit: &Visit, number: &str, typed: &Typed) -> Result<BatchResult> {
    let kind: BatchKind = typed.kind.parse().map_err(|_| Error::invalid("desk.choose").field("kind", "desk.choose"))?;
    let table = lines(visit, &typed.lines);
    // A line that cannot be read is mended before anything is entered: nobody finds it again afterwards.
    if table.iter().any(|line| line.wrong.is_some()) {
        return Err(Error::invalid("desk.batch-lines").field("lines", "desk.batch-lines"));
    }
    let sheets = typed.sheets.parse().unwrap_or(0);
    let lines = table.into_iter().map(|line| line.read).collect();
    let input = BatchInput { kind, protocol: typed.protocol.clone(), sheets, lines };
    let (ctx, cases, number) = (visit.ctx.clone(), kit::cases(visit)?, number.to_owned());
    visit.app.db.write(move |tx| batch::enter(tx, &ctx, &cases, &number, &input)).await
}

async fn undo(visit: &Visit, input: &Input) -> Result<()> {
    let id: BatchId = input.text("batch").parse().map_err(|_| Error::not_found("support.batch-unknown"))?;
    let (ctx, cases, reason) = (visit.ctx.clone(), kit::cases(visit)?, input.text("reason").to_owned());
    visit.app.db.write(move |tx| batch::undo(tx, &ctx, &cases, id, &reason)).await.map(drop)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::day;

    #[test]
    fn birthdays_are_read_as_sheets_write_them() {
        for text in ["1980-01-02", "1980.1.2", "1980. 1. 2.", "19800102", "1980/01/02"] {
            assert_eq!(day(text), Some(date(1980, 1, 2)), "{text}");
        }
        for text in ["", "800102", "80-1-2", "1980-13-01", "어제"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
