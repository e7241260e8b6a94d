//! A site of documents in memory, whose changes go through the real feed.

mod broken;
mod finding;
mod following;
mod never_panics;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use madang_base::{Result, Time};
use madang_db::testing::TestDb;
use madang_db::{Db, Tx};
use madang_kernel::change::Change;
use madang_kernel::sequencer::{drain_once, no_folds};
use madang_kernel::{ObjectKind, OrganisationId, Ref};
use tokio::sync::watch;

use crate::generation::{self, Disk};
use crate::{Document, Follower, Index, Kind, Options, Query, Source};

/// What is public on the site.
#[derive(Default)]
pub(super) struct Site(Mutex<BTreeMap<Ref, Document>>);

impl Source for Site {
    fn kinds(&self) -> &'static [Kind] {
        Kind::ALL
    }

    fn touched(&self, _tx: &mut Tx, change: &Change) -> Result<Vec<Ref>> {
        Ok(vec![change.object.clone()])
    }

    fn documents(&self, _tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Document>> {
        let all = self.0.lock().unwrap();
        Ok(ids.iter().filter_map(|id| all.get(id).cloned()).collect())
    }

    fn page(&self, _tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>> {
        let all = self.0.lock().unwrap();
        Ok(all
            .iter()
            .filter(|(id, _)| after.is_none_or(|after| *id > after))
            .take(limit as usize)
            .map(|(_, document)| document.clone())
            .collect())
    }
}

pub(super) fn case(n: u32) -> Ref {
    Ref::new(ObjectKind::Case, format!("c-{n:06}"))
}

pub(super) fn agency(n: u8) -> OrganisationId {
    format!("018f0000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
}

/// A case of 2026 with nothing but a title and a text.
pub(super) fn document(n: u32, title: &str, body: &str) -> Document {
    Document {
        id: case(n),
        kind: Kind::Case,
        title: title.to_owned(),
        body: body.to_owned(),
        answer: String::new(),
        service: Some("petition".to_owned()),
        agencies: vec![agency(1)],
        area: None,
        phase: Some("open".to_owned()),
        state: Some("received".to_owned()),
        at: Time::from_micros(1_767_225_600_000_000).plus_days(i64::from(n % 300)),
        weight: 0,
    }
}

/// An index, its follower, and the site that it follows.
pub(super) struct World {
    pub db: TestDb,
    pub site: Arc<Site>,
    pub folder: tempfile::TempDir,
    pub index: Index,
    pub follower: Follower,
    _position: watch::Sender<i64>,
}

pub(super) fn options() -> Options {
    Options { memory_bytes: 32 << 20, threads: 1, dictionary: None }
}

impl World {
    pub(super) fn new() -> Self {
        Self::on(TestDb::sqlite(), generation::disk())
    }

    pub(super) fn on(db: TestDb, disk: Disk) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_on(&folder.path().join("index"), options(), disk);
        let site = Arc::<Site>::default();
        let (sender, position) = watch::channel(0);
        let follower = follower(&db, &index, &site, position);
        Self { db, site, folder, index, follower, _position: sender }
    }

    /// With these documents, built.
    pub(super) async fn with(documents: Vec<Document>) -> Self {
        let world = Self::new();
        for document in documents {
            world.put(document);
        }
        world.follower.catch_up().await.unwrap();
        world
    }

    pub(super) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("index")
    }

    /// The folder of the generation that answers.
    pub(super) fn current(&self) -> std::path::PathBuf {
        self.path().join(self.index.status().generation)
    }

    /// Makes something public without telling the feed.
    pub(super) fn put(&self, document: Document) {
        self.site.0.lock().unwrap().insert(document.id.clone(), document);
    }

    /// Something was filed or changed.
    pub(super) async fn publish(&self, document: Document) {
        let id = document.id.clone();
        self.put(document);
        self.tell(&id).await;
    }

    /// Something is not public any more.
    pub(super) async fn withdraw(&self, id: &Ref) {
        self.site.0.lock().unwrap().remove(id);
        self.tell(id).await;
    }

    pub(super) async fn tell(&self, id: &Ref) {
        let told = self.db.raw(&format!(
            "INSERT INTO inbox (at, kind, object, public, json) VALUES (1, 'case.stepped', '{id}', 1, '{{}}');"
        ));
        told.unwrap();
        drain_once(&self.db, &no_folds()).await.unwrap();
    }

    /// With no process at the index.
    pub(super) fn closed(mut self) -> Self {
        let nowhere = Index::open(Path::new("/dev/null/nowhere"), options()).unwrap();
        self.follower.index = nowhere.clone();
        self.index = nowhere;
        self
    }

    /// The same folder opened again, as after a restart.
    pub(super) fn reopen(self) -> Self {
        let mut world = self.closed();
        world.index = Index::open(&world.path(), options()).unwrap();
        world.follower.index = world.index.clone();
        world
    }

    /// What the words find, best first.
    pub(super) fn find(&self, words: &str) -> Vec<Ref> {
        self.ask(&Query { words: words.to_owned(), ..Query::default() })
    }

    pub(super) fn ask(&self, query: &Query) -> Vec<Ref> {
        self.index.search(query, 0, 50).unwrap().ids.into_iter().map(|hit| hit.id).collect()
    }
}

pub(super) fn follower(db: &Db, index: &Index, site: &Arc<Site>, position: watch::Receiver<i64>) -> Follower {
    let source: Arc<dyn Source> = Arc::clone(site) as Arc<dyn Source>;
    Follower { db: db.clone(), index: index.clone(), sources: Arc::new([source]), position }
}
