//! What files may look like, and what is said about those that cannot be used.

use proptest::prelude::*;

use super::*;
use crate::Range;

const FEATURES: &str = "feature,value,min,max\ngender,female,2,3\ngender,male,2,3\nage,young,1,4\nage,old,1,4\n";

fn read(text: &str) -> Vec<crate::Feature> {
    features(text.as_bytes()).unwrap()
}

fn codes(problems: &[Problem]) -> Vec<(u64, u64, &'static str)> {
    problems.iter().map(|problem| (problem.line, problem.column, problem.error.code())).collect()
}

fn wanted(households: &[&str], keep: &[&str]) -> Wanted {
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Wanted { id: None, households: own(households), keep: own(keep) }
}

#[test]
fn quotas_come_in_the_layouts_of_the_common_package() {
    let plain = read(FEATURES);
    assert_eq!(plain.len(), 2);
    assert_eq!(plain[0].values[0].range, Range::new(2, 3));
    assert_eq!(plain[0].values[0].flex, None);
    let old = FEATURES.replace("feature,value", "category,name");
    assert_eq!(read(&old), plain);
    let windows = format!("\u{feff}{}", FEATURES.replace(',', ";").replace('\n', "\r\n"));
    assert_eq!(read(&windows), plain);
    let tabs = format!("\n\n{}\n\t\t\t\n", FEATURES.replace(',', "\t").replace("feature", "Feature "));
    assert_eq!(read(&tabs), plain);
    let flex = read("feature,value,min,max,min_flex,max_flex,note\na,x,2,3,1,5,hello\na,y,1,1,,,\n");
    assert_eq!(flex[0].values[0].flex, Some(Range::new(1, 5)));
    assert_eq!(flex[0].values[1].flex, None);
    let sixteen: Vec<u8> =
        std::iter::once(0xfeff_u16).chain(FEATURES.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(features(&sixteen).unwrap(), plain);
}

#[test]
fn every_fault_of_the_quotas_is_told_at_once() {
    let bad = "feature,value,min,max\na,,1,2\na,x,many,2\na,y,,-1\na,z,5,4\na,Z,1,2\n,ignored,x,y\nb,q,1\n";
    let found = features(bad.as_bytes()).unwrap_err();
    assert_eq!(
        codes(&found),
        [
            (2, 2, "sortition.value-missing"),
            (3, 3, "sortition.number"),
            (4, 3, "sortition.number-missing"),
            (4, 4, "sortition.number"),
            (5, 3, "sortition.min-over-max"),
            (6, 2, "sortition.value-again"),
            (8, 4, "sortition.number-missing"),
        ]
    );
    assert_eq!(codes(&features(b"").unwrap_err()), [(0, 0, "sortition.table-empty")]);
    assert_eq!(codes(&features(b"feature,value,min,max\n").unwrap_err()), [(0, 0, "sortition.no-features")]);
    assert_eq!(
        codes(&features(b"feature,min,max,max\n").unwrap_err()),
        [(1, 0, "sortition.column-missing"), (1, 4, "sortition.column-twice")]
    );
    let flex = "feature,value,min,max,min_flex,max_flex\na,x,2,3,3,2\n";
    assert_eq!(
        codes(&features(flex.as_bytes()).unwrap_err()),
        [(2, 5, "sortition.min-flex"), (2, 6, "sortition.max-flex")]
    );
    assert_eq!(codes(&features(&[0xff, 0x41, 0x80]).unwrap_err()), [(0, 0, "sortition.encoding")]);
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let read = read("feature,value,min,max\na,x,\"1,000\",２0\u{30}0\na,y, 3.0 ,4\n");
    assert_eq!(read[0].values[0].range, Range::new(1000, 2000));
    assert_eq!(read[0].values[1].range, Range::new(3, 4));
}

#[test]
fn further_quotas_name_groups_over_features() {
    let features =
        read("feature,value,min,max\ngender,female,0,9\ngender,male,0,9\n\"R&D\",yes,0,9\n\"R&D\",no|not,0,9\n");
    let text = "name,when,min,max\nwomen in research,Gender = FEMALE & \"R&D\"=yes,2,\n,\"\"\"r&d\"\" = \"\"no|not\"\" | yes\",,3\n";
    let read = quotas(text.as_bytes(), &features).unwrap();
    assert_eq!(read[0].name, "women in research");
    assert_eq!(read[0].range, Range::at_least(2));
    assert_eq!(read[0].conditions[0].values, [0]);
    assert_eq!(read[0].conditions[1].feature, 1);
    assert_eq!(read[1].conditions[0].values, [0, 1]);
    assert_eq!(read[1].range, Range::new(0, 3));
    let bad = "when,min,max\ncolour=red,1,2\ngender=many,1,2\ngender,1,2\ngender=,1,2\ngender=male&gender=male,1,2\n\
               gender=male,3,2\ngender=male,,\ngender=male,1,2\ngender=male,1,3\n\"\"\"gender=male\",1,2\n,1,2\n";
    assert_eq!(
        codes(&quotas(bad.as_bytes(), &features).unwrap_err()),
        [
            (2, 1, "sortition.when-feature"),
            (3, 1, "sortition.when-value"),
            (4, 1, "sortition.when"),
            (5, 1, "sortition.when"),
            (6, 1, "sortition.when-twice"),
            (7, 2, "sortition.min-over-max"),
            (8, 2, "sortition.quota-empty"),
            (10, 1, "sortition.quota-twice"),
            (11, 1, "sortition.when-quotes"),
            (12, 1, "sortition.when"),
        ]
    );
}

#[test]
fn a_pool_is_read_with_its_addresses() {
    let text = "nationbuilder_id,Name,gender,AGE,street,town\n\
                p1,김하늘, Female ,young, １２-3  Main St ,A\n\
                p2,이바다,male,old,12-3 main st,a\n\
                p3,박구름,male,old,,\n";
    let read = candidates(text.as_bytes(), &read(FEATURES), &wanted(&["street", "town"], &["name"])).unwrap();
    assert_eq!(read.columns, ["Name"]);
    assert_eq!(read.people[0].values, [0, 0]);
    assert_eq!(read.people[0].kept, ["김하늘"]);
    assert_eq!(read.people[0].household, read.people[1].household);
    assert_eq!(read.people[2].household, None);
    assert!(read.notes.is_empty());
}

#[test]
fn nobody_is_left_out_without_a_word() {
    let text = "id,gender,age\np1,female,young\n,male,old\np1,female,young\np1,male,young\np2,,ancient\np3,male\n\n,,\np4,other,old\n";
    let found = candidates(text.as_bytes(), &read(FEATURES), &Wanted::default()).unwrap_err();
    assert_eq!(
        codes(&found),
        [
            (3, 1, "sortition.id-missing"),
            (5, 1, "sortition.id-twice"),
            (6, 2, "sortition.cell-empty"),
            (6, 3, "sortition.value-unknown"),
            (7, 3, "sortition.cell-empty"),
            (10, 2, "sortition.value-unknown"),
        ]
    );
    let twice = "id,gender,age\np1,female,young\np1,female,young\n";
    let read_twice = candidates(twice.as_bytes(), &read(FEATURES), &Wanted::default()).unwrap();
    assert_eq!(codes(&read_twice.notes), [(3, 1, "sortition.note-line-twice")]);
    let missing = candidates(b"name,gender\nx,y\n", &read(FEATURES), &wanted(&["addr"], &[])).unwrap_err();
    assert_eq!(missing.len(), 3, "{missing:?}");
    assert_eq!(
        codes(&candidates(b"id,gender,age\n", &read(FEATURES), &Wanted::default()).unwrap_err()),
        [(0, 0, "sortition.no-candidates")]
    );
    let broken = candidates(b"id,gender,age\np1,\"fem\xff", &read(FEATURES), &Wanted::default());
    assert!(broken.is_err());
}

#[test]
fn a_korean_spreadsheet_is_read_as_it_comes() {
    let (bytes, _, _) = encoding_rs::EUC_KR.encode("id,성별\np1,여성\n");
    let features = read("feature,value,min,max\n성별,여성,0,1\n");
    let read = candidates(&bytes, &features, &Wanted::default()).unwrap();
    assert_eq!(read.people[0].values, [0]);
    assert_eq!(codes(&read.notes), [(0, 0, "sortition.note-encoding")]);
    // Names that a Mac wrote in pieces are the same names.
    let pieces = "id,\u{1109}\u{1165}\u{11bc}\u{1107}\u{1167}\u{11af}\np1,여성\n";
    candidates(pieces.as_bytes(), &features, &Wanted::default()).unwrap();
}

#[test]
fn lines_are_counted_over_quoted_line_ends() {
    let text = "id,gender,age,note\np1,female,young,\"a\nb\"\r\n\r\np2,male,?,\n";
    let found = candidates(text.as_bytes(), &read(FEATURES), &Wanted::default()).unwrap_err();
    assert_eq!(codes(&found), [(5, 3, "sortition.value-unknown")]);
}

#[test]
fn addresses_are_compared_plainly() {
    assert_eq!(household(&["  A  b "]), household(&["ａ B"]));
    assert_ne!(household(&["1-2"]), household(&["1 - 2"]));
    assert_ne!(household(&["a", "b c"]), household(&["a b", "c"]));
    assert_eq!(household(&["", " \u{feff}"]), None);
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        crate::read::fuzz::any_bytes(&bytes);
    }

    #[test]
    fn no_table_makes_a_reader_panic(text in "(feature|value|min|max|when|id|[,;\t\n\"=&|]|[a-c0-9가]|\u{feff}){0,120}") {
        crate::read::fuzz::any_bytes(text.as_bytes());
    }
}
