//! What the site claims, on both engines. The recount itself is tested over whole exports in `flows::verify`.

use madang_kernel::ledger::{Claims as _, Openers as _};

use super::claim::Claim;
use crate::claims::{Claims, Salts};
use crate::support::{self, SupportInput};
use crate::tests::people::{anybody, person};
use crate::tests::{TODAY, act, filed, input, look, villages};

#[tokio::test]
pub(crate) async fn claims_are_of_public_cases_as_of_the_head() {
    for (db, cases) in villages().await {
        let author = person("author", &[], TODAY);
        let case = filed(&db, &author, &cases, input("나무가 쓰러졌어요", "park", true, "claims")).await;
        filed(&db, &anybody(TODAY), &cases, input("의자", "park", false, "private")).await;
        let number = case.number.clone();
        let given = act(&db, &author, &cases, move |tx, ctx, cases| {
            let channel = crate::Channel::Web;
            let input = SupportInput { region: None, age_band: None, follow: false, channel, network: String::new() };
            // A service without supports refuses; then there is nothing to open.
            Ok(support::give(tx, ctx, cases, &number, &input).is_ok())
        });
        given.await.unwrap();
        let lines = look(&db, &author, &cases, |tx, _, cases| {
            let claims = Claims::new(cases.clone());
            let mut lines = Vec::new();
            for month in claims.months(tx)? {
                for (cursor, line) in claims.page(tx, &month, "", 10)? {
                    assert_eq!(
                        claims.page(tx, &month, &cursor, 10)?.iter().filter(|(next, _)| *next <= cursor).count(),
                        0
                    );
                    lines.push(line);
                }
            }
            let (salts, next) = Salts.page(tx, 0, 10)?;
            assert!(salts.is_empty() && next.is_none(), "nothing is in the feed yet");
            Ok(lines)
        });
        let lines = lines.await.unwrap();
        // It waits for its position, so the log does not know yet that it is public.
        assert_eq!(lines, [""], "one public case, and nothing to be said of it yet");
        while madang_kernel::sequencer::drain_once(&db, &madang_kernel::sequencer::no_folds()).await.unwrap() > 0 {}
        let lines = look(&db, &author, &cases, |tx, _, cases| {
            Salts.page(tx, 0, 10)?;
            let claims = Claims::new(cases.clone());
            let months = claims.months(tx)?;
            claims.page(tx, &months[0], "", 10)
        });
        let lines = lines.await.unwrap();
        let claim: Claim = serde_json::from_str(&lines[0].1).unwrap();
        assert_eq!((lines.len(), claim.number), (1, case.number.clone()));
        assert_eq!(claim.case, format!("case:{}", case.id));
        assert_eq!(claim.history[0].state.as_ref(), Some(&claim.state));
        assert!(claim.position > 0);
    }
}
