//! Writes a plan as a workbook, and the empty template. Where things lie is in [`crate::sheets`].

use madang_base::{Error, Result};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook,
    Worksheet, XlsxError,
};
use serde_json::Value;

use super::help;
use crate::file::PlanFile;
use crate::sheets::{
    AGENCIES, COMMITMENTS, Column, DECLINED, FIGURES, FIRST_ROW, INDICATORS, KEY_ROW, Kind, MILESTONES, PLAN_SHEET,
    PLAN_VALUE, STATEMENTS, Sheet, TABLES, THEMES, join_line,
};

/// Rows of the template that get a drop-down list.
const LISTED_ROWS: u32 = 500;
/// The longest text a cell can hold (Excel's limit, in UTF-16 units; kept a little below).
const CELL_LIMIT: usize = 32_000;

/// The empty template.
///
/// # Errors
/// `Kind::Internal` when it cannot be written (a defect).
pub fn template() -> Result<Vec<u8>> {
    write(None).map_err(Error::internal)
}

/// The plan as a workbook that can be imported again.
///
/// # Errors
/// `Kind::Invalid` `plan.xlsx-cell` when a text is longer than a cell can be; `Kind::Internal` when it cannot be
/// written (a defect).
pub fn to_xlsx(file: &PlanFile) -> Result<Vec<u8>> {
    let json = serde_json::to_value(file).map_err(Error::internal)?;
    let records = Records::new(&json);
    if let Some(cell) = records.longest() {
        return Err(Error::invalid("plan.xlsx-cell").arg("value", cell));
    }
    write(Some(&records)).map_err(Error::internal)
}

/// The records of every sheet, and the languages that texts have.
struct Records<'a> {
    plan: &'a Value,
    tables: Vec<(&'static Sheet, Vec<Row<'a>>)>,
    languages: Vec<String>,
}

/// A record with the columns that attach it to others.
struct Row<'a> {
    record: &'a Value,
    attached: Vec<(&'static str, &'a str)>,
}

impl<'a> Records<'a> {
    fn new(file: &'a Value) -> Self {
        let list = |value: &'a Value, key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten();
        let word = |value: &'a Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
        let plain = |record| Row { record, attached: Vec::new() };
        let plan = &file["plan"];
        let (mut commitments, mut milestones, mut figures) = (Vec::new(), Vec::new(), Vec::new());
        figures.extend(list(plan, "figure").map(plain));
        let mut visit = |theme: &'a str, parent: Option<&'a str>, commitment: &'a Value| {
            let number = word(commitment, "number");
            let mut attached = vec![("theme", theme)];
            attached.extend(parent.map(|p| ("parent", p)));
            commitments.push(Row { record: commitment, attached });
            let own = |record| Row { record, attached: vec![("commitment", number)] };
            milestones.extend(list(commitment, "milestone").map(own));
            figures.extend(list(commitment, "figures").map(own));
        };
        for theme in list(file, "theme") {
            for commitment in list(theme, "commitment") {
                visit(word(theme, "id"), None, commitment);
                for part in list(commitment, "part") {
                    visit(word(theme, "id"), Some(word(commitment, "number")), part);
                }
            }
        }
        let mut languages = vec!["ko".to_owned(), "en".to_owned()];
        find_languages(file, &mut languages);
        let tables = vec![
            (&AGENCIES, list(file, "agency").map(plain).collect()),
            (&THEMES, list(file, "theme").map(plain).collect()),
            (&COMMITMENTS, commitments),
            (&MILESTONES, milestones),
            (&INDICATORS, list(file, "indicator").map(plain).collect()),
            (&FIGURES, figures),
            (&DECLINED, list(plan, "declined").map(plain).collect()),
            (&STATEMENTS, list(plan, "statement").map(plain).collect()),
        ];
        Self { plan, tables, languages }
    }

    /// Where the first text is that no cell can hold.
    fn longest(&self) -> Option<String> {
        let fits = |cell: &Cell| !matches!(cell, Cell::Text(text) if text.encode_utf16().count() > CELL_LIMIT);
        let mut rows = self.tables.iter().flat_map(|(sheet, rows)| rows.iter().map(move |row| (*sheet, row.record)));
        let found = rows.find_map(|(sheet, record)| {
            let columns = keyed(sheet.columns, &self.languages);
            columns
                .into_iter()
                .find(|(key, column)| !fits(&cell(record, key, column)))
                .map(|(key, _)| (sheet.name, key))
        });
        found.map(|(sheet, key)| format!("{sheet}: {key}"))
    }
}

/// Languages of texts beside Korean and English. A text is an object of strings whose keys are two letters.
fn find_languages(value: &Value, languages: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let text = map.contains_key("ko") && map.values().all(Value::is_string);
            for (key, value) in map {
                if text && !languages.contains(key) {
                    languages.push(key.clone());
                }
                find_languages(value, languages);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| find_languages(item, languages)),
        _ => {}
    }
}

/// Columns with their keys: a text in languages has one for each.
fn keyed(columns: &'static [Column], languages: &[String]) -> Vec<(String, &'static Column)> {
    let keys = |column: &'static Column| match column.kind {
        Kind::Local => languages.iter().map(|tag| format!("{}.{tag}", column.key)).collect(),
        _ => vec![column.key.to_owned()],
    };
    columns.iter().flat_map(|column| keys(column).into_iter().map(move |key| (key, column))).collect()
}

enum Cell {
    Empty,
    Text(String),
    Number(f64),
}

fn at<'v>(record: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(record, |value, key| value.get(key))
}

fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(value)) => value.to_string(),
        _ => String::new(),
    }
}

fn cell(record: &Value, key: &str, column: &Column) -> Cell {
    let Some(value) = at(record, key) else { return Cell::Empty };
    let text = match column.kind {
        Kind::Number => return value.as_f64().map_or(Cell::Empty, Cell::Number),
        Kind::List => value.as_array().into_iter().flatten().map(|v| plain(Some(v))).collect::<Vec<_>>().join(", "),
        Kind::Lines(fields) => {
            let line = |record: &Value| join_line(&fields.iter().map(|f| plain(at(record, f))).collect::<Vec<_>>());
            value.as_array().into_iter().flatten().map(line).collect::<Vec<_>>().join("\n")
        }
        Kind::Text | Kind::Flag | Kind::Date | Kind::Words(_) | Kind::Local => plain(Some(value)),
    };
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

struct Formats {
    head: Format,
    key: Format,
    text: Format,
    title: Format,
}

fn write(records: Option<&Records<'_>>) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Always the same bytes for the same plan: no clock.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2021, 1, 1)?));
    let formats = Formats {
        head: Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00E8_EEF7))
            .set_text_wrap()
            .set_align(FormatAlign::Top),
        key: Format::new().set_font_color(Color::RGB(0x006D_7882)).set_num_format("@"),
        text: Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top),
        title: Format::new().set_bold(),
    };
    let none = ["ko".to_owned(), "en".to_owned()];
    let languages = records.map_or(none.as_slice(), |r| r.languages.as_slice());
    upright(workbook.add_worksheet(), records.map(|r| r.plan), languages, &formats)?;
    for sheet in TABLES {
        let rows =
            records.and_then(|r| r.tables.iter().find(|(s, _)| s.name == sheet.name)).map(|(_, rows)| rows.as_slice());
        table(workbook.add_worksheet(), sheet, rows.unwrap_or_default(), languages, &formats)?;
    }
    let worksheet = workbook.add_worksheet();
    worksheet.set_name("Help")?;
    worksheet.set_column_width(0, 70)?.set_column_width(1, 70)?;
    for (row, (ko, en)) in (0_u32..).zip(help::LINES) {
        let format = if row == 0 { &formats.title } else { &formats.text };
        worksheet.write_string_with_format(row, 0, *ko, format)?.write_string_with_format(row, 1, *en, format)?;
    }
    workbook.save_to_buffer()
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
) -> std::result::Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        // Written as a string, so that no spreadsheet takes it for a formula.
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, text, format)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
    }
    Ok(())
}

fn upright(
    worksheet: &mut Worksheet,
    plan: Option<&Value>,
    languages: &[String],
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    worksheet.set_name(PLAN_SHEET.name)?;
    for (column, (head, width)) in (0_u16..).zip([("key", 26), ("한국어", 24), ("English", 26), ("값 Value", 80)]) {
        worksheet.write_string_with_format(0, column, head, &formats.head)?;
        worksheet.set_column_width(column, width)?;
    }
    worksheet.set_freeze_panes(1, 0)?;
    for (row, (key, column)) in (1_u32..).zip(keyed(PLAN_SHEET.columns, languages)) {
        worksheet.write_string_with_format(row, 0, &key, &formats.key)?;
        worksheet.write_string(row, 1, label(column.ko, column, &key))?;
        worksheet.write_string(row, 2, label(column.en, column, &key))?;
        worksheet.write_blank(row, PLAN_VALUE, &formats.text)?;
        if let Some(plan) = plan {
            put(worksheet, row, PLAN_VALUE, &cell(plan, &key, column), &formats.text)?;
        }
    }
    Ok(())
}

/// A column's name; of a text in languages with the language.
fn label(name: &str, column: &Column, key: &str) -> String {
    match (column.kind, key.rsplit_once('.')) {
        (Kind::Local, Some((_, tag))) => format!("{name} ({tag})"),
        _ => name.to_owned(),
    }
}

fn table(
    worksheet: &mut Worksheet,
    sheet: &'static Sheet,
    rows: &[Row<'_>],
    languages: &[String],
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    worksheet.set_name(sheet.name)?;
    worksheet.set_freeze_panes(FIRST_ROW, 0)?;
    for (at, (key, column)) in (0_u16..).zip(keyed(sheet.columns, languages)) {
        worksheet.write_string_with_format(0, at, label(column.ko, column, &key), &formats.head)?;
        worksheet.write_string_with_format(1, at, label(column.en, column, &key), &formats.head)?;
        worksheet.write_string_with_format(KEY_ROW, at, &key, &formats.key)?;
        let width = match column.kind {
            Kind::Local | Kind::Lines(_) => 36,
            Kind::List => 24,
            Kind::Text | Kind::Number | Kind::Flag | Kind::Date | Kind::Words(_) => 14,
        };
        worksheet.set_column_width(at, width)?;
        if !matches!(column.kind, Kind::Number) {
            // Text, so that 2.10 stays 2.10 and 2027-04 is no date of the spreadsheet's own.
            worksheet.set_column_format(at, &formats.text)?;
        }
        let words: Option<&[&str]> = match column.kind {
            Kind::Words(words) => Some(words),
            Kind::Flag => Some(&["true", "false"]),
            _ => None,
        };
        if let Some(words) = words {
            let list = DataValidation::new().allow_list_strings(words)?.set_error_style(DataValidationErrorStyle::Stop);
            worksheet.add_data_validation(FIRST_ROW, at, FIRST_ROW + LISTED_ROWS, at, &list)?;
        }
        for (row, record) in (FIRST_ROW..).zip(rows) {
            let attached = record.attached.iter().find(|(name, _)| *name == key);
            let cell = match attached {
                Some((_, value)) => Cell::Text((*value).to_owned()),
                None => cell(record.record, &key, column),
            };
            // An indicator's own `commitment` is a value; a figure of the plan has none.
            put(worksheet, row, at, &cell, &formats.text)?;
        }
    }
    Ok(())
}
