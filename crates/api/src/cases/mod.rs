//! Services and cases: what can be filed, filing it, handling it, standing behind it, and reading what became of it.
//!
//! The shape of a filing and of each step follows from the service's definition: `GET /api/v1/services/{service}/schema`
//! gives JSON Schema, `/openapi.json` beside it the whole API of that service. Somebody without account shows the secret
//! code of the receipt in the header `X-Case-Code`.

mod act;
mod openapi;
mod read;
mod wire;

use axum::routing::{delete, get, post};
use http::Method;
use madang_http::Access;
use madang_kernel::{ObjectKind, Verb};
use serde_json::Value;

use crate::operation::Operation;
use crate::rest::wire::List;
use wire::{
    ActOut, CaseFull, Cases, ExtensionBody, FilingBody, GivenOut, NoteBody, RatingBody, ReceiptOut, ServiceFull,
    ServiceOut, StepBody, SupportBody, TakenBackOut, TextBody, TransferBody,
};

pub(crate) use wire::ReceiptLink;

/// Room for ten files of 20 MiB in base64 would be too much for one request; this is room for one, or several small ones.
const WITH_FILES: usize = 30 << 20;

const CASE: &str = "/api/v1/cases/{number}";

/// The operations, one row each.
pub fn operations() -> Vec<Operation> {
    let lang = |o: Operation| o.query("lang", "language of the names, ko or en", "ko");
    let code =
        |o: Operation| o.header("X-Case-Code", "the secret code of the receipt, of somebody without account", "");
    let handle = Access::May(Verb::Handle, ObjectKind::Case);
    vec![
        Operation::read::<List<ServiceOut>>(
            "/api/v1/services",
            "listServices",
            "All channels: what can be filed here",
            get(read::services),
        ),
        Operation::read::<ServiceFull>(
            "/api/v1/services/{service}",
            "getService",
            "A channel with its definition",
            get(read::service),
        ),
        lang(Operation::read::<Value>(
            "/api/v1/services/{service}/schema",
            "getFilingSchema",
            "JSON Schema of the body of a filing",
            get(read::filing_schema),
        )),
        lang(Operation::read::<Value>(
            "/api/v1/services/{service}/steps/{step}/schema",
            "getStepSchema",
            "JSON Schema of the body of a step",
            get(read::step_schema),
        )),
        lang(Operation::read::<Value>(
            "/api/v1/services/{service}/openapi.json",
            "getServiceOpenApi",
            "The API of this channel as OpenAPI 3.1",
            get(read::openapi),
        )),
        Operation::act::<FilingBody, ReceiptOut>(
            "/api/v1/services/{service}/cases",
            "fileCase",
            "File a case; the header Idempotency-Key makes sending twice one case",
            Access::May(Verb::Create, ObjectKind::Case),
            post(act::file),
        )
        .header("Idempotency-Key", "16 to 100 characters made at random; sent again, they give the same receipt", "")
        .or_again()
        .with_body_limit(WITH_FILES),
        Operation::read::<Cases>("/api/v1/cases", "listCases", "Public cases", get(read::cases))
            .query("service", "only of this channel", "petition")
            .query("agency", "only with this agency", "mois")
            .query("state", "only in this state of the channel", "opinions")
            .query("phase", "only in this phase, the same words for all channels", "open")
            .query("q", "words that all occur", "버스 안내")
            .query("since", "filed on this day or later", "2026-01-01")
            .query("until", "filed on this day or earlier", "2026-12-31")
            .query("jump", "begin at this day", "2026-06-30")
            .query("overdue", "true: only what is overdue", "true")
            .query("order", "newest, oldest, supported or due", "newest")
            .query("limit", "how many items, 1 to 200; 100 when missing", "100")
            .query("after", "the `next` or `previous` of a page", ""),
        code(Operation::read::<CaseFull>(CASE, "getCase", "A case, as whoever asks may see it", get(read::case))),
        code(Operation::read::<Value>(
            "/api/v1/cases/{number}/clocks/{clock}",
            "getClock",
            "Why this date: a clock counted day by day",
            get(read::why),
        )),
        code(
            Operation::act::<StepBody, ActOut>(
                "/api/v1/cases/{number}/steps/{step}",
                "takeStep",
                "Take a step of the channel's definition",
                Access::May(Verb::Act, ObjectKind::Case),
                post(act::take),
            )
            .with_status(200)
            .with_body_limit(WITH_FILES),
        ),
        Operation::act::<NoteBody, ActOut>(
            "/api/v1/cases/{number}/approvals/{approval}",
            "approveStep",
            "Agree to a step that another officer of the agency prepared; it is taken then",
            handle,
            post(act::approve),
        )
        .or_bare()
        .with_status(200),
        Operation::remove(
            "/api/v1/cases/{number}/approvals/{approval}/return",
            "returnStep",
            "Give a prepared step back with a note",
            handle,
            post(act::give_back),
        )
        .with_method(http::Method::POST)
        .taking::<NoteBody>(),
        Operation::act::<TextBody, Value>(
            "/api/v1/cases/{number}/questions",
            "askAuthor",
            "Ask the author; clocks that say so stand still until the reply",
            handle,
            post(act::ask),
        ),
        code(
            Operation::act::<TextBody, ActOut>(
                "/api/v1/cases/{number}/replies",
                "replyToQuestion",
                "Reply to the agency's question",
                Access::May(Verb::Answer, ObjectKind::Case),
                post(act::reply),
            )
            .with_status(200)
            .with_body_limit(WITH_FILES),
        ),
        Operation::act::<TransferBody, ActOut>(
            "/api/v1/cases/{number}/transfer",
            "transferCase",
            "Pass a case on to another agency",
            handle,
            post(act::transfer),
        )
        .with_status(200),
        Operation::act::<ExtensionBody, ActOut>(
            "/api/v1/cases/{number}/extension",
            "extendClock",
            "Extend a clock",
            handle,
            post(act::extend),
        )
        .with_status(200),
        code(
            Operation::act::<TextBody, ActOut>(
                "/api/v1/cases/{number}/withdrawal",
                "withdrawCase",
                "Withdraw one's own case",
                Access::May(Verb::Withdraw, ObjectKind::Case),
                post(act::withdraw),
            )
            .with_status(200),
        ),
        code(
            Operation::act::<RatingBody, ActOut>(
                "/api/v1/cases/{number}/rating",
                "rateCase",
                "Say how well one's case was dealt with",
                Access::May(Verb::Assess, ObjectKind::Case),
                post(act::rate),
            )
            .with_status(200),
        ),
        Operation::act::<SupportBody, GivenOut>(
            "/api/v1/cases/{number}/support",
            "giveSupport",
            "Sign, or support: once for each person",
            Access::May(Verb::Create, ObjectKind::Support),
            post(act::support),
        )
        .or_bare()
        .or_again(),
        Operation::read::<TakenBackOut>(
            "/api/v1/cases/{number}/support",
            "withdrawSupport",
            "Take one's signature or support back",
            delete(act::unsupport),
        )
        .with_method(Method::DELETE)
        .for_whom(Access::May(Verb::Withdraw, ObjectKind::Support)),
    ]
}
