//! What the fuzz targets run and the property tests run too: any bytes as each of the files.

use super::{Wanted, candidates, features, quotas};
use crate::ceremony::Ceremony;

const FEATURES: &[u8] = b"feature,value,min,max\na,b,0,9\na,c,0,9\n\"R&D\",y,0,9\n";

/// Reads the bytes as quotas, further quotas, a pool and a ceremony; whatever is read holds what its type promises.
///
/// # Panics
/// When it does not.
pub fn any_bytes(bytes: &[u8]) {
    let own = features(bytes).unwrap_or_default();
    assert!(own.iter().all(|feature| feature.values.iter().all(|value| value.range.max >= Some(value.range.min))));
    let wanted = Wanted { id: None, households: vec!["a".to_owned()], keep: vec!["id".to_owned()] };
    for features in [own, features(FEATURES).unwrap_or_default()] {
        for quota in quotas(bytes, &features).unwrap_or_default() {
            assert!(
                quota.conditions.iter().all(|it| it.values.iter().all(|at| *at < features[it.feature].values.len()))
            );
        }
        if let Ok(read) = candidates(bytes, &features, &wanted) {
            for person in &read.people {
                assert!(person.values.iter().zip(&features).all(|(at, feature)| *at < feature.values.len()));
            }
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Ceremony::read(text).map(|ceremony| ceremony.is_complete());
    }
}
