//! Who answers for what in the demonstration, read from `directory.toml` and declared by the directory's own verbs, once.

use madang_base::{Error, Locale, Result};
use madang_db::Tx;
use madang_identity::demo;
use madang_identity::directory::{self, ContactDraft, ContactRole, ExpertDraft, ExpertKind};
use madang_kernel::{Actor, Ctx, organisation};
use serde::Deserialize;

const DIRECTORY: &str = include_str!("directory.toml");

#[derive(Deserialize)]
struct Directory {
    contact: Vec<Declared>,
    expert: Vec<Agreed>,
}

/// An office of an agency.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    agency: String,
    role: String,
    office: String,
    title: String,
    phone: String,
    mail: String,
    topics: String,
}

/// Somebody who agreed to be found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreed {
    by: String,
    kind: String,
    name: String,
    introduction: String,
    topics: String,
    #[serde(default)]
    areas: String,
}

/// Declares what no agency has declared yet; a directory that has something stays as it is.
pub(crate) fn fill(tx: &mut Tx, ctx: &Ctx) -> Result<()> {
    if !directory::contacts(tx, None)?.is_empty() {
        return Ok(());
    }
    let there: Directory = toml::from_str(DIRECTORY).map_err(Error::internal)?;
    for one in there.contact {
        let Some(agency) = organisation::by_slug(tx, &one.agency)? else { continue };
        let draft = ContactDraft {
            role: one.role.parse::<ContactRole>()?,
            office: one.office,
            name: String::new(),
            title: one.title,
            phone: one.phone,
            mail: one.mail,
            topics: one.topics,
            areas: String::new(),
        };
        directory::contact_put(tx, ctx, agency.id, None, &draft)?;
    }
    for one in there.expert {
        let person = demo::person(tx, ctx, &super::options(), &one.by)?;
        let own = Ctx { locale: Locale::Ko, ..ctx.clone().with_actor(Actor::Person(person)) };
        let draft = ExpertDraft {
            kind: one.kind.parse::<ExpertKind>()?,
            name: one.name,
            introduction: one.introduction,
            topics: one.topics,
            areas: one.areas,
            web: String::new(),
            consent: true,
        };
        directory::expert_put(tx, &own, &draft)?;
    }
    Ok(())
}
