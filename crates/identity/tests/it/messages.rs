//! Every error code of the domain has a message in both languages, and no message is left over.

use std::collections::BTreeSet;
use std::path::Path;

fn written(subject: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = madang_db::testing::sources(&root.join("src")).unwrap();
    paths.retain(|path| !path.ends_with("tests.rs"));
    paths.push(root.join("../adapters/src/oidc.rs"));
    let mut codes = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(path).unwrap();
        for piece in text.split(&format!("\"{subject}.")).skip(1) {
            codes.insert(format!("error-{subject}-{}", piece.split('"').next().unwrap()));
        }
    }
    codes
}

#[test]
fn codes_and_messages_are_the_same_list() {
    for (subject, fewest) in [("identity", 40), ("directory", 20)] {
        same(subject, fewest);
    }
}

fn same(subject: &str, fewest: usize) {
    let codes = written(subject);
    assert!(codes.len() > fewest, "{subject}");
    for tag in ["ko", "en"] {
        let path = format!("{}/../../locales/{tag}/errors-{subject}.ftl", env!("CARGO_MANIFEST_DIR"));
        let messages: BTreeSet<String> = std::fs::read_to_string(path)
            .unwrap()
            .lines()
            .filter(|line| line.starts_with("error-"))
            .filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()))
            .collect();
        assert_eq!(messages, codes, "{tag}");
    }
}
