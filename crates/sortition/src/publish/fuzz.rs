//! What the fuzz target runs and the property tests run too: any bytes as each of the published files.

use super::{Files, Published, draw, verify};
use crate::ceremony::{Ceremony, seed};

/// Reads three texts, separated by zero bytes, as commitment, pool and panels, with the hashes set right so that reading
/// goes on; whatever is read can be drawn from, and the rest of the bytes is no result of it.
///
/// # Panics
/// When what was read does not hold what its types promise.
pub fn any_bytes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.splitn(4, '\0').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (commitment, pool, panels, result) = (next(), next(), next(), next());
    let panels = panels.replace("POOL", &seed::digest(pool.as_bytes()));
    let commitment =
        commitment.replace("POOL", &seed::digest(pool.as_bytes())).replace("PANELS", &seed::digest(panels.as_bytes()));
    let Ok(published) = Published::read(&Files { commitment, pool, panels }) else { return };
    let _ = verify(&published, &result, None);
    if let Ok(drawn) = draw(&published, &Ceremony::of_value("7")) {
        let size = usize::try_from(published.solution.task.size).unwrap_or(usize::MAX);
        assert_eq!(drawn.people.len(), size);
        assert!(published.solution.task.broken(&drawn.people).is_empty());
    }
}
