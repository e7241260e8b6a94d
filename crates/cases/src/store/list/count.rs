//! How many there are, counted no further than asked.

use madang_base::{Result, Time};
use madang_db::{Tx, Value, params};

use super::Wanted;
use super::page::{Shape, shape};

/// How many public cases there are of what is wanted, counted up to `most`.
pub(crate) fn count(tx: &mut Tx, wanted: &Wanted, most: u32) -> Result<i64> {
    if !wanted.values.is_empty() {
        return led(tx, wanted, most);
    }
    let params: &[Value] = params![
        most,
        wanted.due_before,
        wanted.service.as_deref(),
        wanted.agency.as_deref(),
        wanted.phase,
        wanted.state.as_deref(),
        wanted.since,
        wanted.until
    ];
    let row = match (wanted.due_before < Time::from_micros(i64::MAX), shape(wanted)) {
        (false, Shape::All) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
               AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4)
               AND (CAST($5 AS TEXT) IS NULL OR c.phase = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND (CAST($2 AS BIGINT) = 9223372036854775807 OR c.due_at < $2)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
        (false, Shape::Phase) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND c.phase = $5 AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
               AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4)
               AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND (CAST($2 AS BIGINT) = 9223372036854775807 OR c.due_at < $2)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
        (false, Shape::Service) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND c.service = $3 AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4)
               AND (CAST($5 AS TEXT) IS NULL OR c.phase = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND (CAST($2 AS BIGINT) = 9223372036854775807 OR c.due_at < $2)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
        (false, Shape::ServicePhase) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND c.service = $3 AND c.phase = $5 AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4)
               AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND (CAST($2 AS BIGINT) = 9223372036854775807 OR c.due_at < $2)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
        (false, Shape::Agency) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND c.agency = $4 AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
               AND (CAST($5 AS TEXT) IS NULL OR c.phase = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND (CAST($2 AS BIGINT) = 9223372036854775807 OR c.due_at < $2)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
        (false, Shape::AgencyPhase) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND c.agency = $4 AND c.phase = $5 AND (CAST($3 AS TEXT) IS NULL OR c.service = $3)
               AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND (CAST($2 AS BIGINT) = 9223372036854775807 OR c.due_at < $2)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
        (true, Shape::Agency | Shape::AgencyPhase) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND c.agency = $4 AND c.due_at < $2
               AND (CAST($3 AS TEXT) IS NULL OR c.service = $3) AND (CAST($5 AS TEXT) IS NULL OR c.phase = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
        (true, _) => tx.one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM case_file c
             WHERE c.publication = 'published' AND c.due_at < $2
               AND (CAST($3 AS TEXT) IS NULL OR c.service = $3) AND (CAST($4 AS TEXT) IS NULL OR c.agency = $4)
               AND (CAST($5 AS TEXT) IS NULL OR c.phase = $5) AND (CAST($6 AS TEXT) IS NULL OR c.state = $6)
               AND c.filed_at >= $7 AND c.filed_at < $8 LIMIT $1) counted",
            params,
        ),
    };
    row?.get("n")
}

/// The same, led by a value.
fn led(tx: &mut Tx, wanted: &Wanted, most: u32) -> Result<i64> {
    let value = |at: usize| -> (Option<&str>, Option<&str>) {
        wanted.values.get(at).map_or((None, None), |(field, value)| (Some(field.as_str()), Some(value.as_str())))
    };
    let ((field, first), (other, second)) = (value(0), value(1));
    tx.one(
        "SELECT COUNT(*) AS n FROM (
           SELECT 1 AS one FROM case_value v JOIN case_file c ON c.id = v.case_id
           WHERE v.service = $2 AND v.field = $3 AND v.value = $4 AND c.publication = 'published'
             AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5) AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
             AND (CAST($7 AS TEXT) IS NULL OR c.state = $7) AND v.filed_at >= $8 AND v.filed_at < $9
             AND (CAST($10 AS BIGINT) = 9223372036854775807 OR c.due_at < $10)
             AND (CAST($11 AS TEXT) IS NULL OR EXISTS (
               SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $11 AND w.value = $12))
           LIMIT $1) counted",
        params![
            most,
            wanted.service.as_deref(),
            field,
            first,
            wanted.agency.as_deref(),
            wanted.phase,
            wanted.state.as_deref(),
            wanted.since,
            wanted.until,
            wanted.due_before,
            other,
            second
        ],
    )?
    .get("n")
}
