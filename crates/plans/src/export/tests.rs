//! What is exported can be imported again.

use super::csv::harmless;
use super::{template, to_json, to_toml, to_xlsx};
use crate::import::{Format, Place, read};
use crate::tests::shipped_file;

#[test]
fn toml_json_and_workbook_come_back_unchanged() {
    let file = shipped_file();
    let toml = to_toml(&file).unwrap();
    assert_eq!(read(toml.as_bytes(), Format::Toml).unwrap(), file);
    let json = to_json(&file).unwrap();
    assert_eq!(read(json.as_bytes(), Format::Json).unwrap(), file);
    let xlsx = to_xlsx(&file).unwrap();
    let back = read(&xlsx, Format::Xlsx).unwrap_or_else(|problems| panic!("{}", problems[0]));
    assert_eq!(back, file);
    assert_eq!(to_xlsx(&back).unwrap(), xlsx, "the same plan gives the same bytes");
}

#[test]
fn the_empty_template_says_what_is_missing_and_where() {
    let problems = read(&template().unwrap(), Format::Xlsx).unwrap_err();
    assert!(problems.iter().all(|p| p.key == "import-missing"), "{problems:#?}");
    assert!(problems.iter().any(|p| matches!(&p.place, Place::Cell { sheet, .. } if sheet == "Plan")));
}

#[test]
fn cells_that_look_like_formulas_are_made_harmless() {
    for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1"] {
        assert!(harmless(formula).starts_with('\''), "{formula}");
    }
    for fine in ["-2", "+3.5", "plain", "3 = 3", ""] {
        assert_eq!(harmless(fine), fine);
    }
}
