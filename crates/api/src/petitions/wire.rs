//! The UK site's field names.

use madang_base::{Locale, Time};
use madang_cases::support::{Region, SupportView};
use madang_cases::views::{CaseView, TimelineItem};
use madang_form::{Answer, Phase};
use serde::Serialize;

/// Our threshold that stands for their debate.
const DEBATE: &str = "hearing";
/// Our threshold that stands for their response.
const RESPONSE: &str = "head-answer";
/// Our step that announces it.
const HEARING_CALLED: &str = "call-hearing";
/// Characters of their summary of a response.
const SUMMARY: usize = 200;

#[derive(Serialize)]
pub struct Links {
    #[serde(rename = "self")]
    pub own: String,
    pub first: String,
    pub last: String,
    pub next: Option<String>,
    pub prev: Option<String>,
}

#[derive(Serialize)]
pub struct ListOut {
    pub links: Links,
    pub data: Vec<Petition>,
}

#[derive(Serialize)]
pub struct Own {
    #[serde(rename = "self")]
    pub own: String,
}

#[derive(Serialize)]
pub struct Petition {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Own>,
    pub attributes: Attributes,
}

#[derive(Serialize)]
pub struct Single {
    pub links: Own,
    pub data: Petition,
}

#[derive(Serialize)]
pub struct Rejection {
    pub code: String,
    pub details: Option<String>,
}

#[derive(Serialize)]
pub struct Response {
    pub responded_on: String,
    pub summary: String,
    pub details: String,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Serialize)]
pub struct Department {
    pub acronym: String,
    pub name: String,
    pub url: String,
}

#[derive(Serialize)]
pub struct RegionCount {
    pub name: String,
    pub ons_code: String,
    pub signature_count: i64,
}

#[derive(Serialize)]
pub struct CountryCount {
    pub name: String,
    pub code: String,
    pub signature_count: i64,
}

#[derive(Serialize)]
pub struct Attributes {
    pub action: String,
    pub background: String,
    pub additional_details: String,
    pub committee_note: Option<String>,
    pub state: &'static str,
    pub signature_count: i64,
    pub created_at: String,
    pub updated_at: String,
    pub rejected_at: Option<String>,
    pub opened_at: Option<String>,
    pub closed_at: Option<String>,
    /// Only of those that are open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing_date: Option<String>,
    pub moderation_threshold_reached_at: Option<String>,
    pub response_threshold_reached_at: Option<String>,
    pub government_response_at: Option<String>,
    pub debate_threshold_reached_at: Option<String>,
    pub debate_scheduled_on: Option<String>,
    pub scheduled_debate_date: Option<String>,
    pub debate_outcome_at: Option<String>,
    pub creator_name: Option<String>,
    pub rejection: Option<Rejection>,
    pub government_response: Option<Response>,
    pub debate: Option<()>,
    pub departments: Vec<Department>,
    pub topics: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signatures_by_country: Option<Vec<CountryCount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signatures_by_constituency: Option<Vec<()>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signatures_by_region: Option<Vec<RegionCount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_parliamentary_business: Option<Vec<()>>,
}

#[derive(Serialize)]
pub struct CountOut {
    pub signature_count: i64,
    pub response_threshold_reached_at: Option<String>,
    pub government_response_at: Option<String>,
    pub debate_threshold_reached_at: Option<String>,
    pub scheduled_debate_date: Option<String>,
    pub debate_outcome_at: Option<String>,
    pub debated: bool,
}

/// `2026-11-21T09:00:00.000Z`
fn moment(at: Time) -> String {
    let whole = at.rfc3339();
    let (seconds, rest) = whole.split_at(whole.len().min(19));
    let millis: String = rest.trim_start_matches('.').chars().take_while(char::is_ascii_digit).take(3).collect();
    format!("{seconds}.{millis:0<3}Z")
}

fn reached(supports: Option<&SupportView>, threshold: &str) -> Option<String> {
    supports?.thresholds.iter().find(|t| t.id == threshold)?.reached_at.map(moment)
}

fn text(view: &CaseView, field: &str) -> String {
    match view.case.answers.get(field) {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn day(view: &CaseView, field: &str) -> Option<String> {
    match view.case.answers.get(field) {
        Some(Answer::Date(date)) => Some(date.to_string()),
        _ => None,
    }
}

/// The last time that a step led into a state of this phase.
fn into(view: &CaseView, phase: Phase) -> Option<&TimelineItem> {
    let def = &view.service.definition;
    let led = |item: &&TimelineItem| {
        item.to_state.as_ref().and_then(|(id, _)| def.state(id)).is_some_and(|state| state.phase == phase)
    };
    view.timeline.iter().rev().find(led)
}

/// The day on which the hearing was announced.
fn announced(view: &CaseView) -> Option<String> {
    let called = |item: &&TimelineItem| item.step.as_ref().is_some_and(|(id, _)| id == HEARING_CALLED);
    view.timeline.iter().rev().find(called).map(|item| item.at.kst_date().to_string())
}

fn state(phase: Phase) -> &'static str {
    match phase {
        Phase::Received | Phase::Review => "pending",
        Phase::Open => "open",
        Phase::Refused => "rejected",
        Phase::Deciding | Phase::Answered | Phase::Closed => "closed",
    }
}

fn rejection(view: &CaseView) -> Option<Rejection> {
    let input = into(view, Phase::Refused)?.body.as_ref()?.input.as_ref()?;
    let details = Some(input.reason.clone()).filter(|reason| !reason.is_empty());
    Some(Rejection { code: input.grounds.first().cloned().unwrap_or_default(), details })
}

fn response(view: &CaseView) -> Option<Response> {
    let item = into(view, Phase::Answered)?;
    let details = item.body.as_ref()?.input.as_ref()?.answer.clone();
    let at = moment(item.at);
    Some(Response {
        responded_on: item.at.kst_date().to_string(),
        summary: details.chars().take(SUMMARY).collect(),
        details,
        created_at: at.clone(),
        updated_at: at,
    })
}

fn regions(view: &CaseView) -> Vec<RegionCount> {
    let supports = view.supports.iter().flat_map(|supports| &supports.regions);
    // A number that is too small to be shown is left out.
    supports
        .filter_map(|(code, count)| Some((code.parse::<Region>().ok()?, (*count)?)))
        .filter(|(region, _)| *region != Region::Abroad)
        .map(|(region, signature_count)| RegionCount {
            name: region.code().to_uppercase(),
            ons_code: region.code().to_uppercase(),
            signature_count,
        })
        .collect()
}

/// Whoever did not say that they live abroad is counted at home.
fn countries(view: &CaseView) -> Vec<CountryCount> {
    let Some(supports) = &view.supports else { return Vec::new() };
    let abroad = supports.regions.iter().find(|(code, _)| code == "abroad").and_then(|(_, count)| *count);
    vec![CountryCount {
        name: "Republic of Korea".to_owned(),
        code: "KR".to_owned(),
        signature_count: supports.count - abroad.unwrap_or(0),
    }]
}

impl Petition {
    fn new(view: &CaseView, links: Option<Own>, base_url: &str) -> Self {
        let (case, supports) = (&view.case, view.supports.as_ref());
        let open = case.phase == Phase::Open;
        let closing = view.clocks.iter().find(|run| run.clock == "opinions").and_then(|run| run.overdue_from);
        let response = response(view);
        let left_open = into(view, Phase::Deciding).or_else(|| into(view, Phase::Answered)).map(|item| moment(item.at));
        let attributes = Attributes {
            action: case.title.clone(),
            background: text(view, "request"),
            additional_details: text(view, "why"),
            committee_note: None,
            state: state(case.phase),
            signature_count: supports.map_or(0, |supports| supports.count),
            created_at: moment(case.filed_at),
            updated_at: moment(case.updated_at),
            rejected_at: into(view, Phase::Refused).map(|item| moment(item.at)),
            opened_at: into(view, Phase::Open).map(|item| moment(item.at)),
            closed_at: left_open.filter(|_| !open),
            closing_date: closing.filter(|_| open).map(moment),
            moderation_threshold_reached_at: None,
            response_threshold_reached_at: reached(supports, RESPONSE),
            government_response_at: response.as_ref().map(|response| response.created_at.clone()),
            debate_threshold_reached_at: reached(supports, DEBATE),
            debate_scheduled_on: announced(view),
            scheduled_debate_date: day(view, "hearing-day"),
            debate_outcome_at: None,
            creator_name: Some(case.author_name.clone()).filter(|name| open && !name.is_empty()),
            rejection: rejection(view),
            government_response: response,
            debate: None,
            departments: view
                .agency
                .iter()
                .map(|agency| Department {
                    acronym: agency.slug.to_uppercase(),
                    name: agency.name.get(Locale::Ko).to_owned(),
                    url: format!("{base_url}/ko/agencies/{}", agency.slug),
                })
                .collect(),
            topics: Vec::new(),
            signatures_by_country: None,
            signatures_by_constituency: None,
            signatures_by_region: None,
            other_parliamentary_business: None,
        };
        Self { kind: "petition", id: case.number.clone(), links, attributes }
    }

    /// As it stands in lists.
    pub fn listed(view: &CaseView, base_url: &str) -> Self {
        let own = format!("{base_url}/petitions/{}.json", view.case.number);
        Self::new(view, Some(Own { own }), base_url)
    }
}

impl Single {
    pub fn new(view: &CaseView, own: String, base_url: &str) -> Self {
        let mut data = Petition::new(view, None, base_url);
        // As theirs: what was refused has no signatures to break down.
        if view.case.phase != Phase::Refused {
            data.attributes.signatures_by_country = Some(countries(view));
            data.attributes.signatures_by_constituency = Some(Vec::new());
            data.attributes.signatures_by_region = Some(regions(view));
            data.attributes.other_parliamentary_business = Some(Vec::new());
        }
        Self { links: Own { own }, data }
    }
}

impl From<&CaseView> for CountOut {
    fn from(view: &CaseView) -> Self {
        let attributes = Petition::new(view, None, "").attributes;
        Self {
            signature_count: attributes.signature_count,
            response_threshold_reached_at: attributes.response_threshold_reached_at,
            government_response_at: attributes.government_response_at,
            debate_threshold_reached_at: attributes.debate_threshold_reached_at,
            scheduled_debate_date: attributes.scheduled_debate_date,
            debate_outcome_at: attributes.debate_outcome_at,
            debated: false,
        }
    }
}
