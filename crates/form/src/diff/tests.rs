use super::*;
use crate::{Source, load};

const FACTORY: &str = include_str!("../../tests/definitions/factory.toml");

fn definition(edits: &[(&str, &str)]) -> Definition {
    let mut text = FACTORY.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    load(Source { name: "factory.toml", text: &text }).unwrap_or_else(|problems| panic!("{problems}")).definition
}

/// The changes that an edit makes, with their severity.
fn changes(edits: &[(&str, &str)]) -> Vec<String> {
    let changes = diff(&definition(&[]), &definition(edits));
    changes.iter().map(|change| format!("{change} ({:?})", change.severity)).collect()
}

#[test]
fn the_same_file_changes_nothing() {
    assert_eq!(diff(&definition(&[]), &definition(&[])), []);
    assert_eq!(changes(&[("# A service", "# The service")]), Vec::<String>::new());
}

#[test]
fn every_change_is_named_and_weighed() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "en = \"Kind of factory\"",
            "en = \"Factory\"",
            "field kind name: {\"en\":\"Kind of factory\",\"ko\":\"공장 종류\"} → {\"en\":\"Factory\",\"ko\":\"공장 종류\"} (Harmless)",
        ),
        (
            "public = \"after review\"\n",
            "public = \"after review\"\nhelp = \"x\"\n",
            "field photos help: {} → {\"en\":\"x\",\"ko\":\"x\"} (Harmless)",
        ),
        ("max = 80\n", "max = 90\n", "field title max: 80 → 90 (Notice)"),
        ("public = \"coarse\"", "public = \"always\"", "field place public: \"coarse\" → \"always\" (Breaking)"),
        ("public = \"coarse\"", "public = \"never\"", "field place public: \"coarse\" → \"never\" (Notice)"),
        (
            "within = \"14 days\"",
            "within = \"13 days\"",
            "clock decide within: {\"amount\":14,\"unit\":\"calendar-day\"} → {\"amount\":13,\"unit\":\"calendar-day\"} (Breaking)",
        ),
        (
            "within = \"14 days\"",
            "within = \"15 days\"",
            "clock decide within: {\"amount\":14,\"unit\":\"calendar-day\"} → {\"amount\":15,\"unit\":\"calendar-day\"} (Notice)",
        ),
        (
            "from = \"penalised\"",
            "from = \"penalised\"\nwhen = { kind = \"metal\" }",
            "step confirm when: null → [{\"field\":\"kind\",\"is\":[\"metal\"]}] (Breaking)",
        ),
        (
            "{ field = \"kind\", metal = \"30 days\", plastic = \"60 days\" }",
            "{ field = \"kind\", metal = \"30 days\" }",
            "clock collect within: {\"field\":\"kind\",\"values\":[[\"metal\",30,\"calendar-day\"],[\"plastic\",60,\"calendar-day\"]]} → {\"field\":\"kind\",\"values\":[[\"metal\",30,\"calendar-day\"]]} (Breaking)",
        ),
        ("count = 1000", "count = 2000", "threshold hearing count: 1000 → 2000 (Breaking)"),
        ("paper = true", "paper = false", "support paper: true → false (Notice)"),
        (
            "who = [\"verified\"]",
            "who = [\"verified\", \"proxy\"]",
            "support who: [\"verified\"] → [\"verified\",\"proxy\"] (Breaking)",
        ),
        ("representatives = 3", "withdraw = false\nrepresentatives = 3", "filing withdraw: true → false (Breaking)"),
        ("1 year after", "2 years after", "retention personal: 365 → 730 (Breaking)"),
        ("author = \"initial\"", "author = \"hidden\"", "public author: \"initial\" → \"hidden\" (Notice)"),
        (
            ", demolished = { ko = \"철거\", en = \"Demolished\" }",
            "",
            "state penalised outcomes: [{\"id\":\"stopped\",\"name\":{\"en\":\"Stop order\",\"ko\":\"중지 명령\"}},{\"id\":\"demolished\",\"name\":{\"en\":\"Demolished\",\"ko\":\"철거\"}}] → [{\"id\":\"stopped\",\"name\":{\"en\":\"Stop order\",\"ko\":\"중지 명령\"}}] (Breaking)",
        ),
        (
            "by = [\"volunteer\", \"agency\"]",
            "by = [\"agency\"]",
            "step verify by: [\"volunteer\",\"agency\"] → [\"agency\"] (Breaking)",
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(changes(&[(from, to)]), [*expected]);
    }
}

#[test]
fn parts_come_and_go() {
    let removed = "[[step]]\nid = \"confirm\"\nname = { ko = \"해결 확인\", en = \"Confirm\" }\nfrom = \"penalised\"\nby = \"author\"\nsays = \"confirmed\"\ntells = [\"agency\"]\n";
    assert_eq!(changes(&[(removed, "")]), ["step confirm removed (Breaking)"]);
    let template = "[[template]]\nid = \"more\"\nname = \"more\"\ntext = \"more\"\n\n[public]";
    assert_eq!(changes(&[("[public]", template)]), ["template more added (Harmless)"]);
    let swapped = [(
        "id = \"notice\"\nname = { ko = \"알림\", en = \"Notice\" }",
        "id = \"later\"\nname = { ko = \"알림\", en = \"Notice\" }",
    )];
    assert_eq!(changes(&swapped), ["threshold notice removed (Breaking)", "threshold later added (Notice)"]);
}

#[test]
fn a_case_keeps_the_states_that_both_have() {
    let new = definition(&[
        ("id = \"rejected\"", "id = \"dropped\""),
        ("to = \"rejected\"", "to = \"dropped\""),
        ("from = \"rejected\"", "from = \"dropped\""),
    ]);
    let moved = migration(&definition(&[]), &new);
    assert_eq!(moved.gone, ["rejected"]);
    assert_eq!(moved.kept, ["reported", "verified", "deciding", "penalised", "withdrawn", "merged"]);
    let worst = diff(&definition(&[]), &new).iter().map(|change| change.severity).max();
    assert_eq!(worst, Some(Severity::Breaking));
}
