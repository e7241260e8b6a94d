//! Which columns of which tables are public records that leaves commit to.

/// How a column's value is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A letter or digit of it is another.
    Text,
    /// It is one more.
    Number,
    /// It is the other one of 0 and 1.
    Flag,
    /// It is the value that another row has, or nothing.
    Word,
}

/// A table with public records.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    /// Columns that name one row.
    pub key: &'static [&'static str],
    /// SQL of the object that must be named. Several are separated by a vertical bar in the result.
    pub object: &'static str,
    pub columns: &'static [(&'static str, Sort)],
    /// Of which rows; the others are nobody else's business, or older than the records.
    pub only: &'static str,
    /// How often it is drawn.
    pub weight: usize,
}

const fn table(
    name: &'static str,
    key: &'static [&'static str],
    object: &'static str,
    columns: &'static [(&'static str, Sort)],
    weight: usize,
) -> Table {
    Table { name, key, object, columns, only: "1 = 1", weight }
}

const ID: &[&str] = &["id"];

/// All of them.
pub const TABLES: &[Table] = &[
    table(
        "change",
        &["position"],
        "object || '|change ' || position",
        &[
            ("at", Sort::Number),
            ("kind", Sort::Text),
            ("object", Sort::Text),
            ("public", Sort::Flag),
            ("json", Sort::Text),
            ("commitment", Sort::Text),
        ],
        20,
    ),
    table("folded_count", &["object", "name"], "object", &[("value", Sort::Number), ("position", Sort::Number)], 5),
    Table {
        only: "field = 'event' AND EXISTS (SELECT 1 FROM change c WHERE c.commitment = digest)",
        ..table(
            "salt",
            &["digest"],
            "object",
            &[("salt", Sort::Text), ("object", Sort::Word), ("field", Sort::Text), ("digest", Sort::Text)],
            5,
        )
    },
    table("log_head", ID, "'log_head'", &[("size", Sort::Number)], 1),
    table(
        "log_tree",
        ID,
        "'log_tree|root|origin'",
        &[("size", Sort::Number), ("root", Sort::Text), ("signed_at", Sort::Number), ("origin", Sort::Text)],
        2,
    ),
    table(
        "log_checkpoint",
        &["size"],
        "'size ' || size || '|log_tree'",
        &[("root", Sort::Text), ("note", Sort::Text)],
        3,
    ),
    table("link", &["source", "type", "target"], "source", &[("created_at", Sort::Number), ("target", Sort::Text)], 2),
    table(
        "organisation",
        ID,
        "'organisation:' || id",
        &[("slug", Sort::Text), ("kind", Sort::Word), ("name", Sort::Text), ("short", Sort::Text)],
        4,
    ),
    table(
        "plan",
        ID,
        "'plan:' || id",
        &[
            ("number", Sort::Number),
            ("name", Sort::Text),
            ("start_day", Sort::Number),
            ("end_day", Sort::Number),
            ("lead", Sort::Text),
            ("content", Sort::Text),
            ("agencies", Sort::Text),
        ],
        2,
    ),
    table("theme", &["plan", "id"], "'plan:' || plan", &[("content", Sort::Text), ("retired_at", Sort::Number)], 2),
    table(
        "commitment",
        ID,
        "'commitment:' || id",
        &[
            ("theme", Sort::Word),
            ("number", Sort::Text),
            ("slug", Sort::Text),
            ("name", Sort::Text),
            ("summary", Sort::Text),
            ("content", Sort::Text),
            ("retired_at", Sort::Number),
        ],
        5,
    ),
    table(
        "commitment_agency",
        &["commitment", "role", "position"],
        "'commitment:' || commitment",
        &[("organisation", Sort::Word), ("division", Sort::Text)],
        3,
    ),
    table(
        "milestone",
        ID,
        "'milestone:' || id || '|commitment:' || commitment",
        &[
            ("number", Sort::Text),
            ("title", Sort::Text),
            ("content", Sort::Text),
            ("continues", Sort::Flag),
            ("throughout", Sort::Flag),
            ("recurs", Sort::Flag),
            ("claim", Sort::Text),
            ("claimed_at", Sort::Number),
            ("retired_at", Sort::Number),
        ],
        6,
    ),
    table(
        "milestone_period",
        &["milestone", "no"],
        "'milestone:' || milestone || '|commitment:' || (SELECT m.commitment FROM milestone m WHERE m.id = milestone)",
        &[
            ("start_day", Sort::Number),
            ("due_day", Sort::Number),
            ("claim", Sort::Text),
            ("reported_day", Sort::Number),
        ],
        4,
    ),
    table(
        "progress",
        ID,
        "'update:' || id",
        &[
            ("commitment", Sort::Word),
            ("milestone", Sort::Word),
            ("period", Sort::Number),
            ("organisation", Sort::Word),
            ("claim", Sort::Word),
            ("percent", Sort::Number),
            ("text", Sort::Text),
            ("delay_reason", Sort::Text),
            ("at", Sort::Number),
            ("corrects", Sort::Text),
            ("corrected_by", Sort::Text),
        ],
        6,
    ),
    table(
        "evidence",
        &["progress", "position"],
        "'update:' || progress",
        &[("kind", Sort::Text), ("title", Sort::Text), ("target", Sort::Text)],
        2,
    ),
    table(
        "assessment",
        ID,
        "'assessment:' || id",
        &[
            ("side", Sort::Word),
            ("period", Sort::Text),
            ("completion", Sort::Word),
            ("ambition", Sort::Text),
            ("early_results", Sort::Text),
            ("reasons", Sort::Text),
            ("at", Sort::Number),
            ("replaced_by", Sort::Text),
        ],
        4,
    ),
    table(
        "indicator",
        ID,
        "'indicator:' || id",
        &[("name", Sort::Text), ("series", Sort::Text), ("content", Sort::Text), ("retired_at", Sort::Number)],
        3,
    ),
    table(
        "indicator_target",
        &["indicator", "day"],
        "'indicator:' || indicator",
        &[("date", Sort::Text), ("value", Sort::Number), ("note", Sort::Text), ("day", Sort::Number)],
        2,
    ),
    Table {
        only: "replaced_at IS NULL",
        ..table(
            "indicator_value",
            ID,
            "'indicator:' || indicator",
            &[
                ("date", Sort::Text),
                ("value", Sort::Number),
                ("note", Sort::Text),
                ("at", Sort::Number),
                ("replaced_at", Sort::Number),
            ],
            3,
        )
    },
    table(
        "round",
        ID,
        "'round:' || id",
        &[
            ("label", Sort::Text),
            ("title", Sort::Text),
            ("due_day", Sort::Number),
            ("state", Sort::Text),
            ("conclusion", Sort::Text),
            ("opened_at", Sort::Number),
            ("closed_at", Sort::Number),
            ("published_at", Sort::Number),
        ],
        2,
    ),
    Table {
        only: "round IN (SELECT r.id FROM round r WHERE r.state = 'published')",
        ..table(
            "round_answer",
            &["round", "organisation"],
            "'round:' || round",
            &[("text", Sort::Text), ("answered_at", Sort::Number)],
            2,
        )
    },
    table("news", ID, "object", &[("kind", Sort::Text), ("commitment", Sort::Text), ("at", Sort::Number)], 2),
    table("service_version", &["digest"], "'service:' || service", &[("text", Sort::Text)], 2),
    table(
        "service",
        ID,
        "'service:' || id",
        &[("digest", Sort::Word), ("origin", Sort::Text), ("open", Sort::Flag)],
        2,
    ),
    table(
        "case_file",
        ID,
        "'case:' || id",
        &[
            ("number", Sort::Text),
            ("service", Sort::Word),
            ("version", Sort::Word),
            ("state", Sort::Text),
            ("phase", Sort::Word),
            ("outcome", Sort::Text),
            ("title", Sort::Text),
            ("agency", Sort::Word),
            ("author_name", Sort::Text),
            ("assurance", Sort::Word),
            ("channel", Sort::Word),
            ("publication", Sort::Word),
            ("published_at", Sort::Number),
            ("wants_public", Sort::Flag),
            ("citizen_says", Sort::Text),
            ("satisfaction", Sort::Number),
            ("answers", Sort::Text),
            ("reviewed", Sort::Text),
            ("area", Sort::Text),
            ("filed_at", Sort::Number),
            ("answered_at", Sort::Number),
            ("closed_at", Sort::Number),
            ("erased_at", Sort::Number),
            ("merged_into", Sort::Text),
        ],
        14,
    ),
    table(
        "case_event",
        &["case_id", "no"],
        "'case:' || case_id",
        &[
            ("at", Sort::Number),
            ("kind", Sort::Word),
            ("step", Sort::Text),
            ("from_state", Sort::Text),
            ("to_state", Sort::Text),
            ("party", Sort::Text),
            ("organisation", Sort::Word),
            ("public", Sort::Flag),
            ("body", Sort::Text),
        ],
        14,
    ),
    table(
        "case_question",
        &["case_id", "no"],
        "'case:' || case_id",
        &[("asked_at", Sort::Number), ("text", Sort::Text), ("replied_at", Sort::Number), ("reply", Sort::Text)],
        3,
    ),
    table(
        "case_agency",
        &["case_id", "organisation", "from_at"],
        "'case:' || case_id",
        &[("role", Sort::Word), ("until_at", Sort::Number), ("from_at", Sort::Number)],
        3,
    ),
    table(
        "case_clock",
        &["case_id", "clock"],
        "'case:' || case_id",
        &[("started_at", Sort::Number), ("stopped_at", Sort::Number)],
        2,
    ),
    table(
        "support",
        &["case_id", "nullifier"],
        "'case:' || case_id",
        &[
            ("nullifier", Sort::Text),
            ("at", Sort::Number),
            ("status", Sort::Word),
            ("channel", Sort::Word),
            ("region", Sort::Word),
            ("age_band", Sort::Word),
        ],
        12,
    ),
    table("support_count", &["case_id", "dimension", "value"], "'case:' || case_id", &[("count", Sort::Number)], 8),
    table(
        "threshold_reached",
        &["case_id", "threshold"],
        "'case:' || case_id",
        &[("at", Sort::Number), ("position", Sort::Number), ("count", Sort::Number)],
        2,
    ),
    table(
        "support_batch",
        ID,
        "'case:' || case_id",
        &[
            ("kind", Sort::Text),
            ("at", Sort::Number),
            ("protocol", Sort::Text),
            ("sheets", Sort::Number),
            ("accepted", Sort::Number),
            ("duplicates", Sort::Number),
            ("refused", Sort::Number),
        ],
        2,
    ),
];
