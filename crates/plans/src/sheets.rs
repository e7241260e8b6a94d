//! How a plan lies in a workbook: its sheets and columns, for the template, for export and for reading back.
//!
//! Every sheet has three heading rows: the Korean name, the English name and the key that the format uses; people read
//! the first two, the import reads the third. The sheet `Plan` stands upright: one row for each value. A cell that
//! holds several records has one on each line, its values separated by ` | `.

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    pub name: &'static str,
    pub ko: &'static str,
    pub columns: &'static [Column],
}

/// A column; in the sheet `Plan` a row.
#[derive(Debug)]
pub struct Column {
    /// The key's path in a record of the format: `source.title`.
    pub key: &'static str,
    pub kind: Kind,
    pub ko: &'static str,
    pub en: &'static str,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Flag,
    Date,
    Words(&'static [&'static str]),
    /// Two columns: `key.ko` and `key.en`.
    Local,
    /// Ids or words separated by commas.
    List,
    /// Records, one on a line, with these values; `ko` and `en` by themselves make a text in two languages.
    Lines(&'static [&'static str]),
}

/// The row (from 0) of the keys, and the first row of records.
pub const KEY_ROW: u32 = 2;
pub const FIRST_ROW: u32 = 3;
/// The sheet with one record.
pub const PLAN: &str = "Plan";
/// Column (from 0) of the value in the sheet `Plan`; before it stand key, Korean and English name.
pub const PLAN_VALUE: u16 = 3;

const fn column(key: &'static str, kind: Kind, ko: &'static str, en: &'static str) -> Column {
    Column { key, kind, ko, en }
}

const LOCAL_LINES: Kind = Kind::Lines(&["ko", "en"]);

pub const PLAN_SHEET: Sheet = Sheet {
    name: PLAN,
    ko: "계획",
    columns: &[
        column("id", Kind::Text, "계획 코드", "Id"),
        column("number", Kind::Number, "차수", "Number"),
        column("country", Kind::Text, "나라", "Country"),
        column("name", Kind::Local, "이름", "Name"),
        column("summary", Kind::Local, "요약", "Summary"),
        column("start", Kind::Date, "시작", "Start"),
        column("end", Kind::Date, "끝", "End"),
        column("published", Kind::Date, "발표", "Published"),
        column("lead", Kind::Text, "총괄 기관", "Lead agency"),
        column("source.title", Kind::Local, "출처 문서", "Source document"),
        column("source.publisher", Kind::Text, "출처 발행 기관", "Source's publisher"),
        column("source.date", Kind::Date, "출처 날짜", "Source's date"),
        column("forum.name", Kind::Local, "포럼 이름", "Forum's name"),
        column("forum.short", Kind::Local, "포럼 줄인 이름", "Forum's short name"),
        column("forum.founded", Kind::Date, "포럼 출범", "Forum founded"),
        column("forum.government", Kind::List, "포럼 정부 위원 기관", "Forum's government members"),
        column("forum.government_chair", Kind::Text, "정부 의장", "Government chair"),
        column("forum.government_secretary", Kind::Text, "정부 간사", "Government secretary"),
        column("forum.civil", Kind::List, "포럼 시민사회 위원 단체", "Forum's civil members"),
        column("forum.civil_chair", Kind::Text, "시민사회 의장", "Civil chair"),
        column("forum.civil_secretary", Kind::Text, "시민사회 간사", "Civil secretary"),
        column("forum.legal", LOCAL_LINES, "포럼 근거", "Forum's legal basis"),
        column("forum.note", Kind::Local, "포럼 설명", "Note on the forum"),
        column("forum.group", Kind::Lines(&["id", "name.ko", "name.en"]), "포럼 작업반", "Forum's groups"),
    ],
};

pub const AGENCIES: Sheet = Sheet {
    name: "Agencies",
    ko: "기관",
    columns: &[
        column("id", Kind::Text, "기관 코드", "Id"),
        column("kind", Kind::Words(&super::import::check::AGENCY_KINDS), "종류", "Kind"),
        column("name", Kind::Local, "이름", "Name"),
        column("short", Kind::Local, "줄인 이름", "Short name"),
        column("parent", Kind::Text, "상위 기관", "Parent"),
    ],
};

pub const THEMES: Sheet = Sheet {
    name: "Themes",
    ko: "주제",
    columns: &[
        column("id", Kind::Text, "주제 코드", "Id"),
        column("name", Kind::Local, "이름", "Name"),
        column("aims", LOCAL_LINES, "목표", "Aims"),
    ],
};

pub const COMMITMENTS: Sheet = Sheet {
    name: "Commitments",
    ko: "과제",
    columns: &[
        column("theme", Kind::Text, "주제 코드", "Theme"),
        column("parent", Kind::Text, "상위 과제 번호", "Part of"),
        column("number", Kind::Text, "과제 번호", "Number"),
        column("slug", Kind::Text, "주소에 쓰는 이름", "Slug"),
        column("name", Kind::Local, "이름", "Name"),
        column("summary", Kind::Local, "요약", "Summary"),
        column("lead", Kind::Lines(&["agency", "division.ko", "division.en"]), "주관 기관과 부서", "Lead agencies"),
        column("others", Kind::List, "함께하는 기관", "Other actors"),
        column("others_note", Kind::Local, "함께하는 기관 설명", "Note on other actors"),
        column("problem", Kind::Local, "풀려는 문제", "Problem"),
        column("solution", Kind::Local, "하려는 일", "Commitment"),
        column("contribution", Kind::Local, "도움이 되는 까닭", "How it helps"),
        column("values", Kind::List, "OGP 가치", "OGP values"),
        column("values_note", Kind::Local, "OGP 가치 설명", "Note on OGP values"),
        column("legal", LOCAL_LINES, "법적 근거", "Legal basis"),
        column("budget", Kind::Lines(&["amount", "currency", "year", "note.ko", "note.en"]), "예산", "Budget"),
        column("learning", Kind::Local, "교류와 배움", "Exchange and learning"),
        column("notes", Kind::Local, "덧붙임", "Notes"),
    ],
};

pub const MILESTONES: Sheet = Sheet {
    name: "Milestones",
    ko: "이행 단계",
    columns: &[
        column("commitment", Kind::Text, "과제 번호", "Commitment"),
        column("number", Kind::Text, "번호", "Number"),
        column("title", Kind::Local, "제목", "Title"),
        column("group", Kind::Local, "묶음", "Group"),
        column("deliverable", Kind::Local, "산출물", "Deliverable"),
        column("printed.start", Kind::Text, "문서의 시작 표기", "Start as printed"),
        column("printed.end", Kind::Text, "문서의 끝 표기", "End as printed"),
        column("periods", Kind::Lines(&["start", "end"]), "기간", "Periods"),
        column("continues", Kind::Flag, "끝없이 이어짐", "Continues"),
        column("recurs.every", Kind::Words(&super::import::check::EVERY), "되풀이", "Recurs every"),
        column("recurs.from", Kind::Text, "시작 달", "From month"),
        column("recurs.from_year", Kind::Words(&["previous"]), "시작 달이 전년", "From the year before"),
        column("recurs.to", Kind::Text, "끝 달", "To month"),
        column("recurs.to_year", Kind::Words(&["next"]), "끝 달이 다음 해", "To the year after"),
        column("recurs.throughout", Kind::Flag, "연중", "Throughout the year"),
        column("recurs.first", Kind::Text, "첫해", "First year"),
        column("note", Kind::Local, "설명", "Note"),
    ],
};

pub const INDICATORS: Sheet = Sheet {
    name: "Indicators",
    ko: "지표",
    columns: &[
        column("id", Kind::Text, "지표 코드", "Id"),
        column("commitment", Kind::Text, "과제 번호", "Commitment"),
        column("name", Kind::Local, "이름", "Name"),
        column("group", Kind::Text, "묶음 코드", "Group"),
        column("part_of", Kind::Text, "상위 지표", "Part of"),
        column("unit", Kind::Local, "단위", "Unit"),
        column("better", Kind::Words(&super::import::check::BETTER), "나은 쪽", "Better"),
        column("source", Kind::Local, "출처", "Source"),
        column("targets", Kind::Lines(&["date", "value", "note.ko", "note.en"]), "목표", "Targets"),
        column("values", Kind::Lines(&["date", "value", "agency", "note.ko", "note.en"]), "실적", "Values"),
    ],
};

pub const FIGURES: Sheet = Sheet {
    name: "Figures",
    ko: "수치",
    columns: &[
        column("commitment", Kind::Text, "과제 번호(비우면 계획)", "Commitment (empty: the plan)"),
        column("id", Kind::Text, "수치 코드", "Id"),
        column("name", Kind::Local, "이름", "Name"),
        column("value", Kind::Number, "값", "Value"),
        column("unit", Kind::Local, "단위", "Unit"),
        column("note", Kind::Local, "설명", "Note"),
        column("date", Kind::Date, "날짜", "Date"),
    ],
};

pub const DECLINED: Sheet = Sheet {
    name: "Declined",
    ko: "담지 못한 제안",
    columns: &[
        column("id", Kind::Text, "코드", "Id"),
        column("name", Kind::Local, "제안", "Suggestion"),
        column("times", Kind::Number, "횟수", "Times made"),
        column("reason", Kind::Local, "까닭", "Reason"),
    ],
};

pub const STATEMENTS: Sheet = Sheet {
    name: "Statements",
    ko: "의견",
    columns: &[
        column("id", Kind::Text, "코드", "Id"),
        column("by", Kind::Words(&super::import::check::STATEMENT_BY), "누구", "By"),
        column("title", Kind::Local, "제목", "Title"),
        column("text", Kind::Local, "글", "Text"),
    ],
};

/// The sheets with one record for each row.
pub const TABLES: [&Sheet; 8] =
    [&AGENCIES, &THEMES, &COMMITMENTS, &MILESTONES, &INDICATORS, &FIGURES, &DECLINED, &STATEMENTS];

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn letters(mut column: u32) -> String {
    let mut text = Vec::new();
    loop {
        text.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    text.iter().rev().collect()
}

/// Joins the values of a record into a line of a cell.
#[must_use]
pub fn join_line(values: &[String]) -> String {
    let used = values.iter().rposition(|v| !v.is_empty()).map_or(0, |at| at + 1);
    let escaped = |v: &String| v.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "\\n");
    values.iter().take(used).map(escaped).collect::<Vec<_>>().join(" | ")
}

/// Splits a line of a cell into its values.
#[must_use]
pub fn split_line(line: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let Some(last) = values.last_mut() else { break };
        match c {
            '|' => values.push(String::new()),
            '\\' => match chars.next() {
                Some('n') => last.push('\n'),
                Some(other) => last.push(other),
                None => last.push('\\'),
            },
            other => last.push(other),
        }
    }
    values.into_iter().map(|v| v.trim().to_owned()).collect()
}
