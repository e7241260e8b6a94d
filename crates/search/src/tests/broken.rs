//! Folders that are not what they should be, and disks that are full.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use madang_db::testing::TestDb;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use super::{World, case, document, options};
use crate::generation::Disk;
use crate::{Index, Query};

fn damage(folder: &Path, which: impl Fn(&str) -> bool, how: impl Fn(&Path)) {
    let mut damaged = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if which(&entry.file_name().to_string_lossy()) {
            how(&entry.path());
            damaged += 1;
        }
    }
    assert!(damaged > 0, "nothing to damage");
}

type Damage = (&'static str, fn(&str) -> bool, fn(&Path));

const DAMAGES: &[Damage] = &[
    ("meta.json is rubbish", |name| name == "meta.json", |path| std::fs::write(path, "{rubbish").unwrap()),
    ("meta.json is empty", |name| name == "meta.json", |path| std::fs::write(path, "").unwrap()),
    ("meta.json is gone", |name| name == "meta.json", |path| std::fs::remove_file(path).unwrap()),
    ("the list of files is rubbish", |name| name == ".managed.json", |path| std::fs::write(path, "[").unwrap()),
    ("words are gone", |name| name.ends_with(".term"), |path| std::fs::remove_file(path).unwrap()),
    ("postings are gone", |name| name.ends_with(".idx"), |path| std::fs::remove_file(path).unwrap()),
    ("words are cut", |name| name.ends_with(".term"), |path| std::fs::write(path, [7; 40]).unwrap()),
    ("columns are empty", |name| name.ends_with(".fast"), |path| std::fs::write(path, "").unwrap()),
    ("ids are rubbish", |name| name.ends_with(".store"), |path| std::fs::write(path, [9; 300]).unwrap()),
];

#[tokio::test]
async fn a_damaged_index_is_set_aside_and_built_anew() {
    for (what, which, how) in DAMAGES {
        let world = World::with(vec![document(1, "가로등", "고장"), document(2, "보도", "정비")]).await;
        let (path, name) = (world.current(), world.index.status().generation);
        // The files are replaced while nobody has them open.
        let world = world.closed();
        damage(&path, which, how);
        let world = world.reopen();
        world.follower.catch_up().await.unwrap();
        assert_eq!(world.find("가로등"), [case(1)], "{what}");
        let status = world.index.status();
        assert_eq!((status.documents, status.error), (2, None), "{what}");
        assert!(world.path().join(format!("broken-{name}")).exists(), "{what}");
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_said_and_mended_when_it_can() {
    let world = World::with(vec![document(1, "가로등", "")]).await;
    let place = world.folder.path().join("elsewhere");
    std::fs::write(&place, "a file").unwrap();
    let index = Index::open(&place, options()).unwrap();
    assert!(index.status().error.is_some());
    let error = index.search(&Query::default(), 0, 10).unwrap_err();
    assert_eq!(error.code(), "search.unavailable");
    assert!(index.suggest("가", 5).is_err() && index.alike("가", "", None, 5).is_err());
    assert!(index.agencies("가", None, 5).is_err());
    let (_sender, position) = tokio::sync::watch::channel(0);
    let follower = super::follower(&world.db, &index, &world.site, position);
    assert!(follower.catch_up().await.is_err());
    std::fs::remove_file(&place).unwrap();
    follower.catch_up().await.unwrap();
    assert_eq!(index.search(&Query::default(), 0, 10).unwrap().count, 1);
    assert_eq!(index.status().error, None);
}

/// A disk that can be filled.
#[derive(Clone, Debug)]
struct Filling {
    inner: MmapDirectory,
    full: Arc<AtomicBool>,
}

struct Cup {
    inner: WritePtr,
    full: Arc<AtomicBool>,
}

fn room(full: &AtomicBool) -> io::Result<()> {
    if full.load(Ordering::SeqCst) { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
}

impl Write for Cup {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        room(&self.full)?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        room(&self.full)?;
        self.inner.flush()
    }
}

impl TerminatingWrite for Cup {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        room(&self.full)?;
        self.inner.terminate_ref(token)
    }
}

impl Directory for Filling {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let inner = self.inner.open_write(path)?;
        let cup: Box<dyn TerminatingWrite + Send + Sync> = Box::new(Cup { inner, full: Arc::clone(&self.full) });
        Ok(WritePtr::new(cup))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        room(&self.full)?;
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

#[tokio::test]
async fn a_full_disk_stops_the_writing_and_not_the_answering() {
    let full = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&full);
    let disk: Disk =
        Arc::new(move |path| Ok(Box::new(Filling { inner: MmapDirectory::open(path)?, full: Arc::clone(&flag) })));
    let world = World::on(TestDb::sqlite(), disk);
    world.put(document(1, "가로등", ""));
    world.follower.catch_up().await.unwrap();
    full.store(true, Ordering::SeqCst);
    world.publish(document(2, "보도", "")).await;
    for _ in 0..2 {
        assert_eq!(world.follower.catch_up().await.unwrap_err().code(), "search.unavailable");
        assert_eq!((world.find("가로등"), world.find("보도")), (vec![case(1)], vec![]));
        assert!(world.index.status().error.is_some());
    }
    world.index.rebuild();
    assert!(world.follower.catch_up().await.is_err());
    assert_eq!(world.find("가로등"), [case(1)]);
    full.store(false, Ordering::SeqCst);
    world.follower.catch_up().await.unwrap();
    assert_eq!((world.find("가로등"), world.find("보도")), (vec![case(1)], vec![case(2)]));
    assert_eq!(world.index.status().error, None);
}
