//! Definitions that the tests of several modules walk over.

use std::path::Path;

use jiff::civil::{Date, DateTime};
use madang_base::Time;
use proptest::prelude::*;

use crate::{Choice, Definition, Field, FieldKind, Raw, Source, load};

/// A field of every kind, every sort of publicity, conditions on conditions, two parties.
pub const EVERYTHING: &str = r#"
id = "everything"
name = { ko = "모두", en = "Everything" }
summary = { ko = "모든 것을 묻습니다.", en = "Asks for everything." }
number = "EV-{year}-{code}"

[filing]
who = ["anonymous", "verified"]

[[field]]
id = "title"
type = "line"
name = { ko = "제목", en = "Title" }
max = 20
public = "always"

[[field]]
id = "kind"
type = "choice"
name = { ko = "종류", en = "Kind" }
options = { road = { ko = "도로", en = "Road" }, noise = { ko = "소음", en = "Noise" }, other = { ko = "기타", en = "Other" } }
public = "always"
list = true

[[field]]
id = "times"
type = "multi-choice"
name = { ko = "언제", en = "When" }
options = { day = { ko = "낮", en = "Day" }, evening = { ko = "저녁", en = "Evening" }, night = { ko = "밤", en = "Night" } }
count = "1..2"
when = { kind = ["noise"] }
public = "always"

[[field]]
id = "bed"
type = "number"
name = { ko = "못 잔 날", en = "Nights without sleep" }
min = 0
max = 1000000
unit = { ko = "일", en = "nights" }
when = { times = ["night"] }
required = false
public = "coarse"

[[field]]
id = "cost"
type = "money"
name = { ko = "피해액", en = "Damage" }
min = 0
max = 100000000
required = false
public = "coarse"

[[field]]
id = "day"
type = "date"
name = { ko = "날", en = "Day" }
future = false
public = "coarse"

[[field]]
id = "body"
type = "text"
name = { ko = "내용", en = "What happened" }
max = 60
public = "after review"

[[field]]
id = "spot"
type = "place"
name = { ko = "곳", en = "Place" }
required = false
public = "coarse"
screen = 2

[[field]]
id = "who"
type = "person"
name = { ko = "누구", en = "Who" }
required = false
screen = 2

[[field]]
id = "office"
type = "agency"
name = { ko = "기관", en = "Agency" }
required = false
public = "always"
screen = 2

[[field]]
id = "papers"
type = "file"
name = { ko = "자료", en = "Papers" }
count = "0..2"
required = false
public = "after review"
screen = 2

[[field]]
id = "photos"
type = "photo"
name = { ko = "사진", en = "Photos" }
count = "0..2"
required = false
screen = 2

[[field]]
id = "rows"
type = "table"
name = { ko = "내역", en = "Items" }
count = "0..3"
required = false
public = "always"
public-in = ["answered"]
screen = 2

[[field.column]]
id = "what"
type = "line"
name = { ko = "무엇", en = "What" }
max = 10

[[field.column]]
id = "amount"
type = "money"
name = { ko = "금액", en = "Amount" }
required = false

[[field.column]]
id = "on"
type = "date"
name = { ko = "언제", en = "On" }
required = false

[[field]]
id = "agreed"
type = "consent"
name = { ko = "동의", en = "Consent" }
text = { ko = "담당자가 전화해도 됩니다.", en = "An officer may call me." }
screen = 2

[[field]]
id = "number"
type = "line"
name = { ko = "전화번호", en = "Telephone" }
when = { agreed = ["yes"] }
required = false
screen = 2

[[field]]
id = "remedy-day"
type = "date"
name = { ko = "고치는 날", en = "Day of repair" }
past = false
by = "agency"
public = "always"

[[field]]
id = "crew"
type = "choice"
name = { ko = "누가", en = "Who repairs" }
options = { own = { ko = "직영", en = "Own" }, firm = { ko = "업체", en = "A firm" } }
by = "agency"
when = { kind = ["road"] }

[routing]
field = "office"
otherwise = "mois"
transfer = true

[[party]]
id = "board"
name = { ko = "위원회", en = "Board" }
help = { ko = "이의를 봅니다.", en = "Looks at objections." }

[[state]]
id = "received"
name = { ko = "접수", en = "Received" }
phase = "received"

[[state]]
id = "open"
name = { ko = "의견 받는 중", en = "Open for opinions" }
phase = "open"

[[state]]
id = "deciding"
name = { ko = "처리 중", en = "Being decided" }
phase = "deciding"

[[state]]
id = "answered"
name = { ko = "답변", en = "Answered" }
phase = "answered"
final = true
outcomes = { done = { ko = "고침", en = "Done" }, planned = { ko = "계획에 넣음", en = "Planned" } }

[[state]]
id = "refused"
name = { ko = "처리하지 않음", en = "Refused" }
phase = "refused"
final = true

[[step]]
id = "publish"
name = { ko = "공개하기", en = "Open" }
done = { ko = "공개했습니다", en = "Opened" }
from = "received"
to = "open"
by = "agency"
publishes = ["case", "field:body", "field:papers"]

[[step]]
id = "comment"
name = { ko = "의견 내기", en = "Comment" }
done = { ko = "의견이 들어왔습니다", en = "Commented" }
from = "open"
by = "member"
needs = ["reason"]

[[step]]
id = "close"
name = { ko = "의견 마침", en = "Close" }
done = { ko = "의견을 마쳤습니다", en = "Closed" }
from = "open"
to = "deciding"
by = "system"
on = "clock:opinions"

[[step]]
id = "crowd"
name = { ko = "많은 사람", en = "A crowd" }
done = { ko = "많은 사람이 함께했습니다", en = "A crowd stands behind it" }
from = "open"
to = "deciding"
by = "system"
on = "threshold:crowd"

[[step]]
id = "take-up"
name = { ko = "처리 시작", en = "Take up" }
done = { ko = "처리를 시작했습니다", en = "Taken up" }
from = "received"
to = "deciding"
by = "agency"

[[step]]
id = "answer"
name = { ko = "답하기 <바로>", en = "Answer & tell" }
done = { ko = "답했습니다", en = "Answered" }
from = "deciding"
to = "answered"
by = "agency"
needs = ["answer", "outcome", "remedy-day", "crew"]

[[step]]
id = "refuse"
name = { ko = "처리하지 않기", en = "Refuse" }
done = { ko = "처리하지 않기로 했습니다", en = "Refused" }
from = ["received", "deciding"]
to = "refused"
by = "agency"
needs = ["ground", "reason", "approval"]

[[step]]
id = "object"
name = { ko = "이의신청", en = "Object" }
done = { ko = "이의를 냈습니다", en = "Objected" }
from = "refused"
to = "deciding"
by = ["author", "board"]
within = "window"
needs = ["reason", "file", "link"]

[[clock]]
id = "opinions"
name = { ko = "의견 기간", en = "Time for opinions" }
within = "30 days"
starts = ["state:open"]
stops = ["state:deciding"]
silence = "step"
basis = ["법 제1조"]

[[clock]]
id = "decide"
name = { ko = "처리", en = "Decision" }
within = "90 days"
starts = ["filed", "step:object"]
stops = ["state:answered", "state:refused"]
pauses = ["state:open", "question"]
restarts = "on transfer"
extension = { by = "60 days", times = 1, with-consent = 1, who = ["agency"], basis = ["법 제2조"] }
basis = ["법 제2조"]

[[clock]]
id = "kinds"
name = { ko = "종류마다", en = "By kind" }
within = { field = "kind", road = "14 business days", noise = "7 business days", other = "3 working hours" }
first-day = "counted"
starts = ["filed"]
stops = ["state:answered", "state:refused"]
pauses = ["question"]
basis = ["법 제3조"]

[[clock]]
id = "request"
name = { ko = "공개 결정", en = "Disclosure" }
within = "10 business days"
first-day = "counted"
starts = ["filed"]
stops = ["state:answered", "state:refused"]
extension = { by = "10 business days", times = 1, who = ["agency"], basis = ["정보공개법 제11조제2항"] }
basis = ["정보공개법 제11조제1항, 제29조제2항"]

[[clock]]
id = "window"
name = { ko = "이의 기간", en = "Time to object" }
who = "author"
within = "30 days"
starts = ["step:refuse"]
stops = ["step:object"]
silence = "lapses"
basis = ["법 제4조"]

[[clock]]
id = "silence"
name = { ko = "침묵", en = "Silence" }
within = "20 business days"
first-day = "counted"
starts = ["filed"]
stops = ["state:answered", "state:refused"]
silence = "refused"
basis = ["법 제5조"]

[support]
word = "support"
who = ["verified"]
states = ["open"]

[[threshold]]
id = "crowd"
name = { ko = "많은 사람", en = "A crowd" }
count = 100
basis = ["법 제6조"]

[[ground]]
id = "private"
name = { ko = "개인 일", en = "Private" }

[public]
case = "by step"
title = "title"
author = "initial"

[retention]
personal = "3 years after close"
"#;

pub fn read(name: &str, text: &str) -> Definition {
    match load(Source { name, text }) {
        Ok(loaded) => loaded.definition,
        Err(problems) => panic!("{name}: {problems:#?}"),
    }
}

pub fn everything() -> Definition {
    read("everything.toml", EVERYTHING)
}

/// The definitions that come with the program.
pub fn services() -> Vec<Definition> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.retain(|path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    paths.iter().map(|path| read(&path.display().to_string(), &std::fs::read_to_string(path).unwrap())).collect()
}

/// The services and the sample.
pub fn all() -> Vec<Definition> {
    services().into_iter().chain([everything()]).collect()
}

pub fn service(id: &str) -> Definition {
    services().into_iter().find(|def| def.id == id).unwrap_or_else(|| panic!("services/{id}.toml"))
}

pub const TODAY: Date = Date::constant(2026, 12, 3);

/// A moment in Korea.
pub fn at(moment: DateTime) -> Time {
    Time::at_kst_midnight(moment.date())
        .plus_seconds(moment.date().at(0, 0, 0, 0).duration_until(moment).as_secs())
}

/// What somebody could type into a field, more or less well.
fn typed(field: &Field) -> BoxedStrategy<Vec<(String, String)>> {
    let name = field.id.clone();
    let one = |values: BoxedStrategy<String>| values.prop_map(move |value| vec![(name.clone(), value)]).boxed();
    let of = |options: &[Choice]| {
        let mut ids: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
        ids.push("nonsense".into());
        prop::sample::select(ids).boxed()
    };
    match &field.kind {
        FieldKind::Choice { options } => one(of(options)),
        FieldKind::MultiChoice { options, .. } => {
            let name = field.id.clone();
            prop::collection::vec(of(options), 0..4)
                .prop_map(move |ids| ids.into_iter().map(|id| (name.clone(), id)).collect())
                .boxed()
        }
        FieldKind::Number { .. } | FieldKind::Money { .. } => {
            one(prop_oneof![any::<i64>().prop_map(|n| n.to_string()), "[0-9]{1,3}(,[0-9]{3})?", "[０-９]{1,4}"].boxed())
        }
        FieldKind::Date { .. } => one("20[0-4][0-9][-.]?(0[1-9]|1[0-2])[-.]?[0-3][0-9]".boxed()),
        FieldKind::Agency => one("[a-z0-9-]{0,8}".boxed()),
        FieldKind::Consent { .. } => one(prop_oneof!["yes", "no", ""].boxed()),
        FieldKind::Place => parts(field, &["address", "latitude", "longitude", "district"], "[0-9.-]{0,10}|[가-힣 ]{0,8}"),
        FieldKind::Person => parts(field, &["name", "contact"], "[가-힣a-z ]{0,10}"),
        FieldKind::Table { columns, .. } => {
            let name = field.id.clone();
            let cells: Vec<_> = columns
                .iter()
                .flat_map(|column| (0..2).map(move |row| (row, column)))
                .map(|(row, column)| {
                    let name = name.clone();
                    typed(column).prop_map(move |cells| {
                        cells.into_iter().map(|(id, value)| (format!("{name}.{row}.{id}"), value)).collect::<Vec<_>>()
                    })
                })
                .collect();
            cells.prop_map(|cells| cells.concat()).boxed()
        }
        FieldKind::Line { .. } | FieldKind::Text { .. } | FieldKind::File { .. } | FieldKind::Photo { .. } => {
            one(".{0,30}".boxed())
        }
    }
}

fn parts(field: &Field, names: &[&str], values: &'static str) -> BoxedStrategy<Vec<(String, String)>> {
    let names: Vec<String> = names.iter().map(|part| format!("{}.{part}", field.id)).collect();
    prop::collection::vec(values, names.len())
        .prop_map(move |values| names.iter().cloned().zip(values).collect())
        .boxed()
}

/// What a browser could send for a definition: good, bad and missing.
pub fn raws(def: &Definition) -> BoxedStrategy<Raw> {
    let fields: Vec<_> = def.fields.iter().map(|field| prop::option::weighted(0.9, typed(field))).collect();
    fields.prop_map(|fields| fields.into_iter().flatten().flatten().collect::<Raw>()).boxed()
}
