//! Paper and proxies count once, with all others where the person can be told, and can be taken back.

use super::*;

fn line(name: &str) -> PaperLine {
    PaperLine { name: name.into(), birth: Some(jiff::civil::date(1980, 5, 18)), ..PaperLine::default() }
}

fn claimed(name: &str) -> PaperLine {
    PaperLine { name: name.into(), claim: Some(("ci".into(), name.into())), ..PaperLine::default() }
}

fn sheet(lines: Vec<PaperLine>) -> BatchInput {
    BatchInput {
        kind: BatchKind::Paper,
        protocol: "세종시 나성동에서 3월 2일에 받아 두 사람이 세었습니다.".into(),
        sheets: 2,
        lines,
    }
}

async fn put(site: &Site, ctx: &Ctx, input: BatchInput) -> Result<BatchResult> {
    let (ctx, cases, number) = (ctx.clone(), site.cases.clone(), site.number.clone());
    site.db.write(move |tx| batch::enter(tx, &ctx, &cases, &number, &input)).await
}

/// A batch of three people chosen by a number, for acts at random.
pub(super) async fn enter(site: &Site, now: Time, seed: u8) -> BatchResult {
    let lines = (0..3).map(|n| claimed(&format!("person {}", (seed + n) % 15))).collect();
    put(site, &officer(now), sheet(lines)).await.unwrap()
}

pub(super) async fn undo(site: &Site, now: Time, id: BatchId) {
    let (ctx, cases) = (officer(now), site.cases.clone());
    site.db.write(move |tx| batch::undo(tx, &ctx, &cases, id, "잘못 입력했습니다.")).await.unwrap();
}

#[tokio::test]
async fn lines_are_accepted_found_again_or_refused_with_reasons() {
    for site in sites().await {
        site.give(&citizen("hong", NOW), &plain()).await.unwrap();
        site.give(&citizen("gone", NOW), &plain()).await.unwrap();
        site.withdraw(&citizen("gone", NOW)).await.unwrap();
        let mut bad_birth = line("미래");
        bad_birth.birth = Some(jiff::civil::date(2027, 1, 1));
        let mut half = claimed("half");
        half.claim = Some(("ci".into(), " ".into()));
        let mut elsewhere = line("먼곳");
        elsewhere.region = Some("kr-1".into());
        let mut other = line("김 하나");
        other.mark = "나성동".into();
        let lines = vec![
            line("김하나"),
            line("김 하나"),
            other,
            claimed("hong"),
            claimed("new"),
            claimed("gone"),
            line("·"),
            bad_birth,
            half,
            elsewhere,
        ];
        let result = put(&site, &officer(NOW), sheet(lines)).await.unwrap();
        assert_eq!((result.accepted, result.duplicates.as_slice()), (3, &[2, 4][..]));
        let refused: Vec<_> = result.refused.iter().map(|refused| (refused.line, refused.code)).collect();
        let expected = [
            (6, "support.line-withdrawn"),
            (7, "support.line-name"),
            (8, "support.line-birth"),
            (9, "support.line-claim"),
            (10, "support.line-stated"),
        ];
        assert_eq!(refused, expected);
        assert_eq!(site.count().await, 4);
        // The account of a person who is on the sheet finds itself there.
        assert!(site.give(&citizen("new", NOW), &plain()).await.unwrap().again);
        let stored = site.rows("SELECT protocol FROM support_batch").join("");
        assert!(!stored.contains("김") && site.rows("SELECT nullifier FROM support").iter().all(|n| n.len() == 64));
        let case = site.case;
        let batches = site.db.read(move |tx| batch::list(tx, case)).await.unwrap();
        let [listed] = batches.as_slice() else { panic!("one batch") };
        assert_eq!((listed.accepted, listed.duplicates, listed.refused, listed.sheets), (3, 2, 5, 2));
        assert_eq!(listed.organisation, Some(agency()));
        assert_eq!(site.verify(None).await.differences, []);
    }
}

#[tokio::test]
async fn a_batch_is_taken_back_once_and_may_be_entered_again() {
    for site in sites().await {
        let result = put(&site, &officer(NOW), sheet(vec![claimed("a"), claimed("b"), line("다")])).await.unwrap();
        site.withdraw(&citizen("a", NOW)).await.unwrap();
        assert_eq!(site.count().await, 2);
        let (id, cases) = (result.id, site.cases.clone());
        let back = move |reason: &'static str, ctx: Ctx| {
            let cases = cases.clone();
            site_write(&ctx, move |tx, ctx| batch::undo(tx, ctx, &cases, id, reason))
        };
        let run = |work: Work<i64>| site.db.write(move |tx| work(tx));
        assert_eq!(run(back(" ", officer(NOW))).await.unwrap_err().code(), "support.reason");
        assert_eq!(run(back("이유", citizen("x", NOW))).await.unwrap_err().code(), "permission.denied");
        assert_eq!(run(back("두 번 입력했습니다", officer(NOW))).await.unwrap(), 2);
        assert_eq!(run(back("두 번 입력했습니다", officer(NOW))).await.unwrap_err().code(), "support.batch-undone");
        assert_eq!(site.count().await, 0);
        assert!(!site.give(&citizen("b", NOW), &plain()).await.unwrap().again);
        let again = put(&site, &officer(NOW), sheet(vec![claimed("b"), line("다")])).await.unwrap();
        assert_eq!((again.accepted, again.duplicates.len()), (1, 1));
        assert_eq!(site.count().await, 2);
        assert_eq!(site.verify(None).await.differences, []);
    }
}

type Work<T> = Box<dyn Fn(&mut madang_db::Tx) -> Result<T> + Send>;

fn site_write<T>(ctx: &Ctx, work: impl Fn(&mut madang_db::Tx, &Ctx) -> Result<T> + Send + 'static) -> Work<T> {
    let ctx = ctx.clone();
    Box::new(move |tx| work(tx, &ctx))
}

#[tokio::test]
async fn a_batch_that_says_too_little_is_refused() {
    for site in sites().await {
        let bare = BatchInput { kind: BatchKind::Paper, protocol: " ".into(), sheets: 0, lines: Vec::new() };
        let refused = put(&site, &officer(NOW), bare).await.unwrap_err();
        assert_eq!((refused.code(), refused.fields().len()), ("support.batch-invalid", 3));
        let refused = put(&site, &citizen("kim", NOW), sheet(vec![line("가")])).await.unwrap_err();
        assert_eq!(refused.code(), "permission.denied");
        let proxy = BatchInput { kind: BatchKind::Proxy, ..sheet(vec![line("가"), claimed("나")]) };
        let result = put(&site, &officer(NOW), proxy).await.unwrap();
        assert_eq!((result.accepted, result.refused[0].code), (1, "support.line-proxy"));
    }
}
