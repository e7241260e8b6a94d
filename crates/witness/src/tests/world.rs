//! A log in memory, and a witness that follows it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use madang_base::{FixedClock, Locale, LocalizedText, SeededRng, Time};
use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::tile::{Resource, Tile, bundle_bytes, bundles_of, tile_bytes, tiles_of};
use madang_tlog::witness::AddCheckpoint;
use madang_tlog::{Checkpoint, Edge, Hash, TileSet, leaf_hash, proof};

use crate::alarm::{AlarmKind, Notice};
use crate::config::{Alarms, Config, LogConfig, Webhook};
use crate::durable::{Disk, write_secret};
use crate::ports::{BoxFuture, Fetch, FetchError, Message, Notify, Ports, Words};
use crate::witness::{Witness, new_key};

pub(super) const ORIGIN: &str = "log.example/test";
pub(super) const NOON: i64 = 1_700_000_000_000_000;

/// A tree with all its files, built naively.
#[derive(Clone)]
pub(super) struct Tree {
    pub(super) entries: Vec<Vec<u8>>,
    pub(super) key: SigningKey,
    pub(super) tiles: TileSet,
    pub(super) root: Hash,
}

impl Tree {
    pub(super) fn new(seed: &str, size: u64) -> Self {
        Self::of((0..size).map(|n| format!("{seed} {n}").into_bytes()).collect())
    }

    pub(super) fn of(entries: Vec<Vec<u8>>) -> Self {
        let (mut edge, mut full) = (Edge::new(), Vec::new());
        for entry in &entries {
            edge.push(leaf_hash(entry), &mut full);
        }
        full.extend(edge.partial());
        let key = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [7; 32]).unwrap();
        Self { root: edge.root(), tiles: full.into_iter().collect(), entries, key }
    }

    pub(super) fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    /// The same and more.
    pub(super) fn grown(&self, seed: &str, size: u64) -> Self {
        let mut entries = self.entries.clone();
        entries.extend((self.size()..size).map(|n| format!("{seed} {n}").into_bytes()));
        Self::of(entries)
    }

    pub(super) fn note(&self) -> Note {
        Note::sign(Checkpoint::new(ORIGIN, self.size(), self.root).text().unwrap(), &[&self.key]).unwrap()
    }

    pub(super) fn request(&self, old: u64) -> AddCheckpoint {
        let proof = proof::consistency(old, self.size(), &self.tiles).unwrap();
        AddCheckpoint { old, proof, checkpoint: self.note() }
    }

    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for tile in tiles_of(self.size()) {
            files.insert(Resource::Tile(tile).to_string(), tile_bytes(self.tiles.get(&tile).unwrap()));
        }
        for bundle in bundles_of(self.size()) {
            let from = usize::try_from(bundle.index * 256).unwrap();
            let part = &self.entries[from..from + usize::from(bundle.width)];
            let bytes = bundle_bytes(part.iter().map(Vec::as_slice)).unwrap();
            files.insert(Resource::Bundle(bundle).to_string(), bytes);
        }
        files.insert("checkpoint".to_owned(), self.note().to_string().into_bytes());
        files
    }
}

/// The tile's path at a place of a tree of this size.
pub(super) fn tile_path(level: u8, index: u64, size: u64) -> String {
    Resource::Tile(Tile::of_size(level, index, size).unwrap()).to_string()
}

/// What the log serves; how it fails.
#[derive(Default)]
pub(super) struct Served {
    pub(super) files: Mutex<BTreeMap<String, Vec<u8>>>,
    pub(super) away: Mutex<bool>,
    pub(super) asked: Mutex<Vec<String>>,
}

impl Served {
    pub(super) fn show(&self, tree: &Tree) {
        *self.files.lock().unwrap() = tree.files();
    }

    pub(super) fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.lock().unwrap().insert(path.to_owned(), bytes.into());
    }

    pub(super) fn edit(&self, path: &str, change: impl FnOnce(&mut Vec<u8>)) {
        change(self.files.lock().unwrap().get_mut(path).unwrap_or_else(|| panic!("{path} is not served")));
    }

    pub(super) fn set_away(&self, away: bool) {
        *self.away.lock().unwrap() = away;
    }
}

impl Fetch for Served {
    fn get<'a>(&'a self, url: &'a str, most: usize) -> BoxFuture<'a, Result<Option<Vec<u8>>, FetchError>> {
        let path = url.strip_prefix("http://log/").unwrap_or_else(|| panic!("another address: {url}")).to_owned();
        self.asked.lock().unwrap().push(path.clone());
        let found = self.files.lock().unwrap().get(&path).cloned();
        let away = *self.away.lock().unwrap();
        Box::pin(async move {
            match found {
                _ if away => Err(FetchError::Unreachable("no connection".to_owned())),
                Some(bytes) if bytes.len() > most => Err(FetchError::TooLarge),
                found => Ok(found),
            }
        })
    }
}

/// Messages that went out; refuses as often as it is told to.
#[derive(Default)]
pub(super) struct Told {
    pub(super) messages: Mutex<Vec<Message>>,
    pub(super) refuse: Mutex<u32>,
}

impl Notify for Told {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), String>> {
        let mut refuse = self.refuse.lock().unwrap();
        if *refuse > 0 {
            *refuse -= 1;
            return Box::pin(async { Err("not now".to_owned()) });
        }
        self.messages.lock().unwrap().push(message.clone());
        Box::pin(async { Ok(()) })
    }
}

struct Plain;

impl Words for Plain {
    fn mail(&self, notice: &Notice, locale: Locale) -> (String, String) {
        let end = if notice.ended { " over" } else { "" };
        (format!("{}{end} {locale}", notice.alarm.kind.code()), format!("{:?}", notice.alarm.detail))
    }
}

/// All of it.
pub(super) struct World {
    pub(super) folder: tempfile::TempDir,
    pub(super) served: Arc<Served>,
    pub(super) told: Arc<Told>,
    pub(super) clock: Arc<FixedClock>,
    pub(super) config: Config,
    pub(super) disk: Disk,
}

impl World {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (secret, _) = new_key("witness.example", &SeededRng::new(b"witness")).unwrap();
        write_secret(&folder.path().join("witness.key"), &secret).unwrap();
        let key = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [7; 32]).unwrap().verifier();
        let log = LogConfig {
            name: "test".to_owned(),
            origin: ORIGIN.to_owned(),
            keys: vec![key],
            url: "http://log".to_owned(),
            audit: true,
            period: Duration::from_millis(1),
            stall: None,
            unreachable: Duration::from_secs(300),
        };
        let config = Config {
            title: LocalizedText::new("증인", "A witness"),
            operator: LocalizedText::new("단체", "A group"),
            contact: String::new(),
            key: folder.path().join("witness.key"),
            listen: "127.0.0.1:0".to_owned(),
            base_url: Some("https://witness.example".to_owned()),
            languages: vec![Locale::Ko, Locale::En],
            logs: vec![log],
            alarms: Alarms {
                mail: vec!["a@example.org".to_owned()],
                webhook: Some(Webhook { url: "https://hooks.example/x".to_owned(), secret: vec![1; 32] }),
            },
            mail: None,
        };
        Self {
            folder,
            served: Arc::default(),
            told: Arc::default(),
            clock: Arc::new(FixedClock::at(Time::from_micros(NOON))),
            config,
            disk: Disk::default(),
        }
    }

    pub(super) fn ports(&self) -> Ports {
        Ports {
            clock: self.clock.clone(),
            rng: Arc::new(SeededRng::new(b"ports")),
            fetch: self.served.clone(),
            notify: self.told.clone(),
            words: Arc::new(Plain),
            disk: self.disk.clone(),
        }
    }

    /// A start of the program.
    pub(super) fn start(&self) -> Witness {
        Witness::open(self.config.clone(), self.folder.path(), self.ports()).unwrap()
    }

    /// A witness that has looked once.
    pub(super) async fn looked(&self) -> Witness {
        let witness = self.start();
        look(&witness).await;
        witness
    }

    /// The file of memory.
    pub(super) fn state_file(&self) -> std::path::PathBuf {
        let logs = self.folder.path().join("logs");
        let log = std::fs::read_dir(&logs).unwrap().next().unwrap().unwrap().path();
        log.join("state.json")
    }

    pub(super) fn evidence(&self) -> BTreeMap<String, String> {
        let folder = self.state_file().with_file_name("evidence");
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        entries.map(|entry| (entry.file_name().into_string().unwrap(), read(&entry.path()))).collect()
    }
}

pub(super) async fn look(witness: &Witness) {
    let log = Arc::clone(&witness.logs()[0]);
    witness.look(&log).await;
}

pub(super) async fn read_all(witness: &Witness) {
    let log = Arc::clone(&witness.logs()[0]);
    witness.audit_turn(&log).await;
}

/// Size that was cosigned last.
pub(super) fn size(witness: &Witness) -> Option<u64> {
    witness.status().logs[0].size
}

/// Kinds of open alarms.
pub(super) fn open(witness: &Witness) -> Vec<AlarmKind> {
    let alarms = witness.status().logs[0].alarms.clone();
    alarms.into_iter().filter(|alarm| alarm.ended_at.is_none()).map(|alarm| alarm.kind).collect()
}

pub(super) fn raised(witness: &Witness) -> usize {
    witness.status().logs[0].alarms.len()
}

pub(super) async fn ask(witness: &Witness, request: &AddCheckpoint) -> crate::Answer {
    witness.add_checkpoint(request.to_string().as_bytes()).await
}
