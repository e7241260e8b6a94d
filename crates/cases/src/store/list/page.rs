//! Pages in the order of filing.

use madang_base::Result;
use madang_db::{Row, Tx, Value, params};

use super::{Found, Seek, Wanted, found};

/// Which index leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    All,
    Phase,
    Service,
    ServicePhase,
    Agency,
    AgencyPhase,
}

/// The narrowest index for what is wanted. An agency has fewer cases than a service.
pub(super) fn shape(wanted: &Wanted) -> Shape {
    match (&wanted.agency, &wanted.service, wanted.phase) {
        (Some(_), _, Some(_)) => Shape::AgencyPhase,
        (Some(_), _, None) => Shape::Agency,
        (None, Some(_), Some(_)) => Shape::ServicePhase,
        (None, Some(_), None) => Shape::Service,
        (None, None, Some(_)) => Shape::Phase,
        (None, None, None) => Shape::All,
    }
}

/// The public cases beyond `seek`, in its direction. Of the two days only the one that the list runs towards is asked for:
/// with two bounds on one side SQLite would take either for its index, see [`Seek::within`].
pub(crate) fn page(tx: &mut Tx, wanted: &Wanted, seek: &Seek) -> Result<Vec<Found>> {
    let params = params![
        seek.key,
        seek.id.as_str(),
        seek.limit,
        wanted.service.as_deref(),
        wanted.agency.as_deref(),
        wanted.phase,
        wanted.state.as_deref(),
        seek.bound(wanted)
    ];
    let rows = if seek.down { down(tx, shape(wanted), params) } else { up(tx, shape(wanted), params) };
    rows?.iter().map(found).collect()
}

fn down(tx: &mut Tx, shape: Shape, params: &[Value]) -> Result<Vec<Row>> {
    match shape {
        Shape::All => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND (c.filed_at, c.id) < ($1, $2)
             ORDER BY c.filed_at DESC, c.id DESC LIMIT $3",
            params,
        ),
        Shape::Phase => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.phase = $6 AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND (c.filed_at, c.id) < ($1, $2)
             ORDER BY c.filed_at DESC, c.id DESC LIMIT $3",
            params,
        ),
        Shape::Service => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.service = $4 AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND (c.filed_at, c.id) < ($1, $2)
             ORDER BY c.filed_at DESC, c.id DESC LIMIT $3",
            params,
        ),
        Shape::ServicePhase => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.service = $4 AND c.phase = $6 AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND (c.filed_at, c.id) < ($1, $2)
             ORDER BY c.filed_at DESC, c.id DESC LIMIT $3",
            params,
        ),
        Shape::Agency => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.agency = $5 AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND (c.filed_at, c.id) < ($1, $2)
             ORDER BY c.filed_at DESC, c.id DESC LIMIT $3",
            params,
        ),
        Shape::AgencyPhase => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.agency = $5 AND c.phase = $6 AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND (c.filed_at, c.id) < ($1, $2)
             ORDER BY c.filed_at DESC, c.id DESC LIMIT $3",
            params,
        ),
    }
}

fn up(tx: &mut Tx, shape: Shape, params: &[Value]) -> Result<Vec<Row>> {
    match shape {
        Shape::All => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at < $8 AND (c.filed_at, c.id) > ($1, $2)
             ORDER BY c.filed_at, c.id LIMIT $3",
            params,
        ),
        Shape::Phase => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.phase = $6 AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at < $8 AND (c.filed_at, c.id) > ($1, $2)
             ORDER BY c.filed_at, c.id LIMIT $3",
            params,
        ),
        Shape::Service => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.service = $4 AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at < $8 AND (c.filed_at, c.id) > ($1, $2)
             ORDER BY c.filed_at, c.id LIMIT $3",
            params,
        ),
        Shape::ServicePhase => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.service = $4 AND c.phase = $6 AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at < $8 AND (c.filed_at, c.id) > ($1, $2)
             ORDER BY c.filed_at, c.id LIMIT $3",
            params,
        ),
        Shape::Agency => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.agency = $5 AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at < $8 AND (c.filed_at, c.id) > ($1, $2)
             ORDER BY c.filed_at, c.id LIMIT $3",
            params,
        ),
        Shape::AgencyPhase => tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_file c
             WHERE c.publication = 'published' AND c.agency = $5 AND c.phase = $6 AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at < $8 AND (c.filed_at, c.id) > ($1, $2)
             ORDER BY c.filed_at, c.id LIMIT $3",
            params,
        ),
    }
}
