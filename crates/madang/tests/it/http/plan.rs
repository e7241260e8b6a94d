//! The fifth plan on a test site, and the mails that follow from what is done to it.

use std::sync::Arc;

use madang_adapters::KeepMailer;
use madang_kernel::job::Worker;
use madang_kernel::mail::{self, Outgoing, SendMail};
use madang_plans::import::{self, Format};
use madang_plans::notify::{self, Notifier};
use madang_plans::service;
use madang_web::Wiring;
use madang_web::notices::{AccountRecipients, SiteNotices};

use super::site::TestSite;

/// The file that the product ships.
pub const FILE: &str = include_str!("../../../../../plans/kr-2021.toml");

/// A demonstration with the plan on each engine.
pub async fn sites() -> Vec<TestSite> {
    let sites = TestSite::all().await;
    for site in &sites {
        let (ctx, file) = (site.system(), import::read(FILE.as_bytes(), Format::Toml).unwrap());
        site.db.write(move |tx| service::import::apply(tx, &ctx, &file)).await.unwrap();
        site.clock.advance_seconds(60);
    }
    sites
}

/// Lets followers be written to and gives all mails, newest first.
pub async fn mails(site: &TestSite) -> Vec<Outgoing> {
    let templates = Arc::clone(&site.app.own::<Wiring>().unwrap().templates);
    let notifier = Notifier {
        db: site.app.db.clone(),
        clock: site.app.clock.clone(),
        rng: Arc::clone(&site.app.rng),
        keys: Arc::clone(&site.app.keys),
        texts: Arc::new(SiteNotices::new(templates, site.app.site.clone())),
        recipients: Arc::new(AccountRecipients),
    };
    let send = SendMail::new(site.app.db.clone(), site.app.clock.clone(), Arc::new(KeepMailer));
    let worker = Worker::new(site.app.db.clone(), site.app.clock.clone(), Arc::clone(&site.app.rng))
        .on(notify::NOTIFY, notifier.clone())
        .on(notify::CONFIRM, notifier)
        .on(mail::SEND, send);
    // The first run queues what the second sends.
    worker.run_due().await.unwrap();
    worker.run_due().await.unwrap();
    site.db.read(|tx| mail::outbox(tx, None, 100)).await.unwrap().mails
}

/// The path of the first link of a mail that holds this word.
pub fn link(mail: &Outgoing, word: &str) -> String {
    let found = mail.text.split_whitespace().find(|text| text.contains(word)).expect("a link");
    found.strip_prefix(super::site::BASE).expect("an address of this site").to_owned()
}

/// A form with a file, as a browser sends it.
pub fn multipart(fields: &[(&str, &str)], file: Option<(&str, &str)>) -> (String, String) {
    let mark = "----madang-test";
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!("--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    if let Some((name, text)) = file {
        body.push_str(&format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
        ));
    }
    body.push_str(&format!("--{mark}--\r\n"));
    (format!("multipart/form-data; boundary={mark}"), body)
}
