//! What agencies and civil society do with a plan, so that every table of plans has rows: reports, assessments, values, an
//! inspection round, an edit; and offices that agencies declare. By people who are nobody.

use jiff::civil::Date;
use madang_base::{Id, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_identity::directory::{ContactDraft, ContactRole, contact_put, contact_retire};
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Grant, OrganisationId, Person, PersonKeys, Role};
use madang_plans::model::{Evidence, EvidenceKind, Side};
use madang_plans::rules::{Ambition, Claim, Completion, EarlyResults};
use madang_plans::service::assess::{AssessInput, assess};
use madang_plans::service::indicator::{ValueInput, value_add};
use madang_plans::service::report::{ReportInput, correct, report};
use madang_plans::service::{edit, round};

const PLAN: &str = "kr-2021";
const COMMITMENT: &str = "kr-2021/3";
const MILESTONE: &str = "kr-2021/3/1";

fn text(words: &str) -> LocalizedText {
    LocalizedText::new(words, format!("{words} (en)"))
}

/// Does it all, around July 2022, on the plan that the program brings. Call once.
///
/// # Errors
/// Those of the verbs; `organisation.unknown` when the plan is not there.
pub fn on_plan(tx: &mut Tx, base: &Ctx) -> Result<()> {
    let mut minute = 0;
    let mut at = |role: Role, agency: Option<OrganisationId>| {
        minute += 1;
        as_of(base, role, agency, Time::at_kst_midnight(Date::constant(2022, 7, 1)).plus_seconds(36_000 + 60 * minute))
    };
    let (mois, acrc) = (known(tx, "mois")?, known(tx, "acrc")?);
    let societies = organisation::list(tx, Some(OrganisationKind::CivilSociety))?;
    let society = societies.first().map(|society| society.id);
    let said = |claim, evidence| ReportInput {
        commitment: COMMITMENT.to_owned(),
        milestone: Some(MILESTONE.to_owned()),
        period: Some(1),
        claim,
        percent: (claim != Claim::Completed).then_some(60),
        text: text("두 플랫폼을 연결했습니다."),
        delay_reason: "연계 시험이 길어졌습니다.".to_owned(),
        evidence,
        uploads: Vec::new(),
    };
    let link = |title: &str| Evidence {
        kind: EvidenceKind::Link,
        title: title.to_owned(),
        target: "https://example.go.kr/a?b=1".to_owned(),
    };
    let officer = |at: &mut dyn FnMut(Role, Option<OrganisationId>) -> Ctx| at(Role::Officer, Some(mois));
    report(tx, &officer(&mut at), &said(Claim::UnderWay, vec![link("회의 기록")]))?;
    let late = report(tx, &officer(&mut at), &said(Claim::Delayed, Vec::new()))?;
    correct(tx, &officer(&mut at), late.id, &said(Claim::Completed, vec![link("보도자료"), link("화면")]))?;
    let judged = |side, completion| AssessInput {
        commitment: COMMITMENT.to_owned(),
        side,
        organisation: None,
        period: "2022-H1".to_owned(),
        completion,
        ambition: Some(Ambition::Modest),
        early_results: Some(EarlyResults::Marginal),
        reasons: text("연결은 되었지만 쓰는 사람이 적습니다."),
    };
    if let Some(society) = society {
        assess(tx, &at(Role::CivilSociety, Some(society)), &judged(Side::Civil, Completion::Limited))?;
        assess(tx, &at(Role::CivilSociety, Some(society)), &judged(Side::Civil, Completion::Substantial))?;
    }
    assess(tx, &officer(&mut at), &judged(Side::Agency, Completion::Complete))?;
    let moef = known(tx, "moef")?;
    for (day, value) in [("2022-03", 2.0), ("2022-06", 2.9), ("2022-06", 3.1)] {
        let input = ValueInput {
            plan: PLAN.to_owned(),
            indicator: "disabled-employment".to_owned(),
            agency: Some("moef".to_owned()),
            date: day.parse().map_err(madang_base::Error::internal)?,
            value,
            note: text("잠정"),
        };
        value_add(tx, &at(Role::Officer, Some(moef)), &input)?;
    }
    let lead = |at: &mut dyn FnMut(Role, Option<OrganisationId>) -> Ctx| at(Role::Lead, Some(mois));
    let title = text("2022년 상반기 점검");
    let opened = round::open(tx, &lead(&mut at), PLAN, "2022-H1", &title, Date::constant(2022, 7, 31))?;
    round::answer(tx, &at(Role::Officer, Some(acrc)), opened.id, &text("계획대로 하고 있습니다."))?;
    round::close(tx, &lead(&mut at), opened.id)?;
    round::publish(tx, &lead(&mut at), opened.id, &text("대체로 잘 되고 있습니다."))?;
    let draft = edit::begin(tx, &officer(&mut at), COMMITMENT)?;
    let mut content = draft.content.clone();
    content.summary = text("참여 플랫폼을 하나로 잇습니다.");
    edit::save(tx, &officer(&mut at), draft.id, &content)?;
    edit::publish(tx, &officer(&mut at), draft.id)?;
    for (agency, office) in [(mois, "공공참여과"), (mois, "열린정부과"), (acrc, "민원조사과")] {
        let declared = contact_put(tx, &at(Role::Officer, Some(agency)), agency, None, &declared(office))?;
        if office == "열린정부과" {
            contact_retire(tx, &at(Role::Officer, Some(agency)), declared.id)?;
        }
    }
    Ok(())
}

fn declared(office: &str) -> ContactDraft {
    ContactDraft {
        role: if office == "공공참여과" { ContactRole::Officer } else { ContactRole::Office },
        office: office.to_owned(),
        name: "김서연".to_owned(),
        title: "과장".to_owned(),
        phone: "044-205-2411".to_owned(),
        mail: "open@agency.example.go.kr".to_owned(),
        topics: "열린정부\n참여예산".to_owned(),
        areas: "세종특별자치시".to_owned(),
    }
}

fn known(tx: &mut Tx, slug: &str) -> Result<OrganisationId> {
    let found = organisation::by_slug(tx, slug)?;
    found.map(|found| found.id).ok_or_else(|| madang_base::Error::not_found("organisation.unknown").arg("value", slug))
}

fn as_of(base: &Ctx, role: Role, organisation: Option<OrganisationId>, now: Time) -> Ctx {
    let account: AccountId = Id::new(now, base.rng());
    let person = Person {
        account,
        assurance: Assurance::Verified,
        grants: vec![Grant { role, organisation }],
        second_factor: true,
        scopes: None,
        keys: PersonKeys::default(),
    };
    Ctx { now, ..base.clone().with_actor(Actor::Person(person)) }
}
