//! A store in memory that can fail or be slow at any operation, and remembers every checkpoint that it was given.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMultipartOptions,
    PutOptions, PutPayload, PutResult, Result,
};

use crate::BoxFuture;

#[derive(Debug)]
pub(super) struct Watched {
    pub files: InMemory,
    /// Operations until the first that fails; never below zero.
    left: AtomicI64,
    /// How many fail then.
    fails: AtomicI64,
    checkpoints: Mutex<Vec<String>>,
}

impl Watched {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            files: InMemory::new(),
            left: AtomicI64::new(i64::MAX),
            fails: AtomicI64::new(0),
            checkpoints: Mutex::default(),
        })
    }

    /// After `left` more operations, `fails` of them fail.
    pub(super) fn fail(&self, left: i64, fails: i64) {
        self.left.store(left, Ordering::SeqCst);
        self.fails.store(fails, Ordering::SeqCst);
    }

    /// Whether a failure was ordered and has not come.
    pub(super) fn heal(&self) -> bool {
        let untouched = self.left.swap(i64::MAX, Ordering::SeqCst) > 0;
        self.fails.store(0, Ordering::SeqCst);
        untouched
    }

    pub(super) fn checkpoints(&self) -> Vec<String> {
        self.checkpoints.lock().unwrap().clone()
    }

    /// One operation: somebody may be killed before it, and it may fail.
    async fn step(&self) -> Result<()> {
        tokio::task::yield_now().await;
        if self.left.fetch_sub(1, Ordering::SeqCst) > 0 {
            return Ok(());
        }
        self.left.store(0, Ordering::SeqCst);
        if self.fails.fetch_sub(1, Ordering::SeqCst) > 0 {
            return Err(object_store::Error::Generic { store: "test", source: "no space left on device".into() });
        }
        Ok(())
    }
}

impl fmt::Display for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("watched memory")
    }
}

impl ObjectStore for Watched {
    fn put_opts<'a, 'b, 'f>(
        &'a self,
        location: &'b Path,
        payload: PutPayload,
        opts: PutOptions,
    ) -> BoxFuture<'f, Result<PutResult>>
    where
        'a: 'f,
        'b: 'f,
        Self: 'f,
    {
        Box::pin(async move {
            self.step().await?;
            if location.as_ref() == "log/checkpoint" {
                let bytes: Vec<u8> = payload.iter().flat_map(|part| part.to_vec()).collect();
                self.checkpoints.lock().unwrap().push(String::from_utf8(bytes).unwrap());
            }
            let put = self.files.put_opts(location, payload, opts).await;
            tokio::task::yield_now().await;
            put
        })
    }

    fn put_multipart_opts<'a, 'b, 'f>(
        &'a self,
        location: &'b Path,
        opts: PutMultipartOptions,
    ) -> BoxFuture<'f, Result<Box<dyn MultipartUpload>>>
    where
        'a: 'f,
        'b: 'f,
        Self: 'f,
    {
        self.files.put_multipart_opts(location, opts)
    }

    fn get_opts<'a, 'b, 'f>(&'a self, location: &'b Path, options: GetOptions) -> BoxFuture<'f, Result<GetResult>>
    where
        'a: 'f,
        'b: 'f,
        Self: 'f,
    {
        Box::pin(async move {
            self.step().await?;
            self.files.get_opts(location, options).await
        })
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.files.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.files.list(prefix)
    }

    fn list_with_delimiter<'a, 'b, 'f>(&'a self, prefix: Option<&'b Path>) -> BoxFuture<'f, Result<ListResult>>
    where
        'a: 'f,
        'b: 'f,
        Self: 'f,
    {
        self.files.list_with_delimiter(prefix)
    }

    fn copy_opts<'a, 'b, 'c, 'f>(&'a self, from: &'b Path, to: &'c Path, opts: CopyOptions) -> BoxFuture<'f, Result<()>>
    where
        'a: 'f,
        'b: 'f,
        'c: 'f,
        Self: 'f,
    {
        self.files.copy_opts(from, to, opts)
    }
}
