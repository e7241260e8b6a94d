//! Files in an object store that speaks S3, instead of a folder.

use std::sync::Arc;

use madang_base::{Error, Result};
use madang_kernel::blob::Blobs;
use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;

/// A bucket, and who may use it.
#[derive(Clone)]
pub struct Bucket {
    pub name: String,
    /// Folder inside it, without slashes around; empty: none.
    pub prefix: String,
    /// Scheme and host; none: Amazon's own of the region.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket").field("name", &self.name).field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

/// Opens the bucket. Nothing is asked of it yet. Plain HTTP is spoken when the endpoint begins with `http://`.
///
/// # Errors
/// `Kind::Unavailable` with code `blob.bucket` when the settings make no address.
pub fn bucket(options: &Bucket) -> Result<Blobs> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&options.name)
        .with_region(&options.region)
        .with_access_key_id(&options.access_key)
        .with_secret_access_key(&options.secret_key);
    if let Some(endpoint) = &options.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    let store = builder
        .build()
        .map_err(|error| Error::unavailable("blob.bucket").arg("bucket", &options.name).source(error))?;
    Ok(Blobs::new(Arc::new(PrefixStore::new(store, options.prefix.as_str()))))
}
