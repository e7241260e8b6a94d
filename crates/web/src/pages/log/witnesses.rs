//! How the witnesses are doing: what each confirmed last, how far it is behind, what went wrong.

use madang_base::Time;
use madang_http::{Outcome, Visit};
use madang_kernel::log::WitnessState;
use serde_json::{Value, json};

use super::count;
use crate::i18n::Arg;
use crate::page::{Page, words};
use crate::wiring::Wiring;

pub async fn show(visit: Visit) -> Outcome {
    let (published, witnesses) = match super::log(&visit) {
        Some(log) => (log.published().await?, log.witnesses().await?),
        None => (None, Vec::new()),
    };
    let size = published.as_ref().map_or(0, |published| published.size);
    Page::new(&visit, "log/witnesses.html").render(&json!({
        "size": count(size), "signed_at": published.map(|published| published.signed_at.micros()),
        "now": visit.ctx.now.micros(), "here": visit.url(&visit.path),
        "witnesses": witnesses.iter().map(|witness| shown(&visit, witness, size)).collect::<Vec<_>>(),
    }))
}

/// In one word.
fn state(witness: &WitnessState, size: u64) -> &'static str {
    match witness.cosigned_at {
        Some(_) if witness.size >= size => "current",
        _ if witness.error.is_some() => "silent",
        Some(_) => "behind",
        None => "never",
    }
}

fn shown(visit: &Visit, witness: &WitnessState, size: u64) -> Value {
    let micros = |at: Option<Time>| at.map(Time::micros);
    let state = state(witness, size);
    let audit = witness.audited_at.zip(witness.audited_size).map(|(at, size)| {
        let text = witness.audit.clone().unwrap_or_default();
        let well = matches!(text.as_str(), "" | "ok");
        json!({ "size": count(size), "at": at.micros(), "well": well, "text": if well { String::new() } else { text } })
    });
    json!({
        "name": witness.witness, "state": state, "size": count(witness.size), "at": micros(witness.cosigned_at),
        "behind": if state == "behind" || state == "silent" { count(size.saturating_sub(witness.size)) } else { 0 },
        "error": witness.error.as_deref().map(|error| told(visit, error)).unwrap_or_default(),
        "since": micros(witness.cosigned_at), "audit": audit,
    })
}

/// An error as it is stored, `code` or `code: detail`, in words; what has none stands as it is.
fn told(visit: &Visit, error: &str) -> String {
    let (code, detail) = error.split_once(": ").unwrap_or((error, ""));
    let key = format!("error-{}", code.replace('.', "-"));
    if !visit.app.own::<Wiring>().is_ok_and(|w| w.templates.catalogue().has(visit.locale, &key)) {
        return error.to_owned();
    }
    let args = ["detail", "status", "name", "value"].map(|name| (name, Arg::from(detail)));
    let told = words(visit, &key, &args);
    if detail.is_empty() || told.contains(detail) { told } else { format!("{told} ({detail})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn witness(size: u64, cosigned: bool, error: Option<&str>) -> WitnessState {
        WitnessState {
            witness: "w".into(),
            size,
            cosigned_at: cosigned.then(|| Time::from_micros(1)),
            asked_at: None,
            error: error.map(str::to_owned),
            audited_size: None,
            audited_at: None,
            audit: None,
        }
    }

    #[test]
    fn a_witness_is_current_behind_silent_or_has_never_signed() {
        assert_eq!(state(&witness(9, true, None), 9), "current");
        assert_eq!(state(&witness(8, true, None), 9), "behind");
        assert_eq!(state(&witness(8, true, Some("x")), 9), "silent");
        assert_eq!(state(&witness(0, false, Some("x")), 9), "silent");
        assert_eq!(state(&witness(0, false, None), 9), "never");
        // An error of the past does not matter once it has caught up.
        assert_eq!(state(&witness(9, true, Some("x")), 9), "current");
    }
}
