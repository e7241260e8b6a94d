//! Two newsletters of the demonstration: last month's issue of one is out, this one's of the other waits for its officer.

use madang_base::{LocalizedText, Result};
use madang_cases::Cases;
use madang_db::Tx;
use madang_flows::newsletter::Contributions;
use madang_kernel::{Ctx, organisation};
use madang_newsletter::model::{Rhythm, Settings};
use madang_newsletter::period::Period;
use madang_newsletter::{compose, service, views};

/// Begins them, once; what is there stays as it is. The cases are there.
pub(crate) fn fill(tx: &mut Tx, ctx: &Ctx, cases: &Cases) -> Result<()> {
    let Some(owner) = organisation::by_slug(tx, super::LEADING)? else { return Ok(()) };
    if !views::newsletters(tx)?.is_empty() {
        return Ok(());
    }
    let there = Contributions { cases: cases.clone() };
    for (slug, ko, en, topic, rhythm, out) in [
        ("open-government", "열린정부 소식", "Open government news", "", Rhythm::Monthly, true),
        (
            "safe-streets",
            "걷기 좋은 동네",
            "Streets to walk in",
            "가로등, 횡단보도, 보행, 버스, 휠체어",
            Rhythm::Weekly,
            false,
        ),
    ] {
        let settings = Settings {
            name: LocalizedText::new(ko, en),
            about: LocalizedText::new(
                "무엇을 물었고, 무엇이라 답했고, 무엇이 늦어지고 있는지 모아 보냅니다.",
                "What was asked, what was answered, and what is late.",
            ),
            topic: topic.to_owned(),
            agency: None,
            area: String::new(),
            rhythm: Some(rhythm),
        };
        let newsletter = service::settings::create(tx, ctx, owner.id, slug, &settings)?;
        let period = Period::last_over(rhythm, ctx.now);
        let content = compose::gather(tx, ctx, &there, &newsletter, period)?;
        let issue = compose::begin(tx, ctx, &newsletter, period, &content)?;
        let says_something = content.sections.iter().any(|section| !section.items.is_empty());
        if out && says_something {
            service::send::send(tx, ctx, &there, issue.id, issue.revision)?;
        }
    }
    Ok(())
}
