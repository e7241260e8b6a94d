//! Pages led by a value, a due date or the number of supports.

use madang_base::Result;
use madang_db::{Tx, Value, params};

use super::{Found, Seek, Wanted, found};

/// Public cases with a value, in the order of filing; `wanted` names a service and one value at least.
pub(crate) fn valued(tx: &mut Tx, wanted: &Wanted, seek: &Seek) -> Result<Vec<Found>> {
    let value = |at: usize| -> (Option<&str>, Option<&str>) {
        wanted.values.get(at).map_or((None, None), |(field, value)| (Some(field.as_str()), Some(value.as_str())))
    };
    let ((field, first), (other, second)) = (value(0), value(1));
    let params = params![
        seek.key,
        seek.id.as_str(),
        seek.limit,
        wanted.service.as_deref(),
        wanted.agency.as_deref(),
        wanted.phase,
        wanted.state.as_deref(),
        seek.bound(wanted),
        field,
        first,
        other,
        second
    ];
    let rows = if seek.down {
        tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_value v JOIN case_file c ON c.id = v.case_id
             WHERE v.service = $4 AND v.field = $9 AND v.value = $10 AND c.publication = 'published'
               AND (v.filed_at, v.case_id) < ($1, $2) AND v.filed_at >= $8
               AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5) AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND (CAST($11 AS TEXT) IS NULL OR EXISTS (
                 SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $11 AND w.value = $12))
             ORDER BY v.filed_at DESC, v.case_id DESC LIMIT $3",
            params,
        )
    } else {
        tx.rows(
            "SELECT c.id, c.filed_at AS place FROM case_value v JOIN case_file c ON c.id = v.case_id
             WHERE v.service = $4 AND v.field = $9 AND v.value = $10 AND c.publication = 'published'
               AND (v.filed_at, v.case_id) > ($1, $2) AND v.filed_at < $8
               AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5) AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6)
               AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND (CAST($11 AS TEXT) IS NULL OR EXISTS (
                 SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $11 AND w.value = $12))
             ORDER BY v.filed_at, v.case_id LIMIT $3",
            params,
        )
    };
    rows?.iter().map(found).collect()
}

/// Public cases that are due before a moment, in the order of their dates.
pub(crate) fn due(tx: &mut Tx, wanted: &Wanted, seek: &Seek) -> Result<Vec<Found>> {
    let (field, value) = wanted.values.first().map_or((None, None), |(f, v)| (Some(f.as_str()), Some(v.as_str())));
    let params: &[Value] = params![
        seek.key,
        seek.id.as_str(),
        seek.limit,
        wanted.service.as_deref(),
        wanted.agency.as_deref(),
        wanted.phase,
        wanted.state.as_deref(),
        wanted.since,
        wanted.until,
        field,
        value,
        wanted.due_before
    ];
    let rows = match (wanted.agency.is_some(), seek.down) {
        (true, true) => tx.rows(
            "SELECT c.id, c.due_at AS place FROM case_file c
                 WHERE c.publication = 'published' AND c.agency = $5 AND (c.due_at, c.id) < ($1, $2)
                   AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
                   AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6) AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
                   AND c.filed_at >= $8 AND c.filed_at < $9
                   AND (CAST($10 AS TEXT) IS NULL OR EXISTS (
                     SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $10 AND w.value = $11))
                 ORDER BY c.due_at DESC, c.id DESC LIMIT $3",
            &params[..11],
        ),
        (true, false) => tx.rows(
            "SELECT c.id, c.due_at AS place FROM case_file c
                 WHERE c.publication = 'published' AND c.agency = $5 AND c.due_at < $12 AND (c.due_at, c.id) > ($1, $2)
                   AND (CAST($4 AS TEXT) IS NULL OR c.service = $4)
                   AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6) AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
                   AND c.filed_at >= $8 AND c.filed_at < $9
                   AND (CAST($10 AS TEXT) IS NULL OR EXISTS (
                     SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $10 AND w.value = $11))
                 ORDER BY c.due_at, c.id LIMIT $3",
            params,
        ),
        (false, true) => tx.rows(
            "SELECT c.id, c.due_at AS place FROM case_file c
                 WHERE c.publication = 'published' AND (c.due_at, c.id) < ($1, $2)
                   AND (CAST($4 AS TEXT) IS NULL OR c.service = $4) AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
                   AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6) AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
                   AND c.filed_at >= $8 AND c.filed_at < $9
                   AND (CAST($10 AS TEXT) IS NULL OR EXISTS (
                     SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $10 AND w.value = $11))
                 ORDER BY c.due_at DESC, c.id DESC LIMIT $3",
            &params[..11],
        ),
        (false, false) => tx.rows(
            "SELECT c.id, c.due_at AS place FROM case_file c
                 WHERE c.publication = 'published' AND c.due_at < $12 AND (c.due_at, c.id) > ($1, $2)
                   AND (CAST($4 AS TEXT) IS NULL OR c.service = $4) AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
                   AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6) AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
                   AND c.filed_at >= $8 AND c.filed_at < $9
                   AND (CAST($10 AS TEXT) IS NULL OR EXISTS (
                     SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $10 AND w.value = $11))
                 ORDER BY c.due_at, c.id LIMIT $3",
            params,
        ),
    };
    rows?.iter().map(found).collect()
}

/// Public cases in the order of how many support them; those that nobody can support are not among them.
pub(crate) fn supported(tx: &mut Tx, wanted: &Wanted, seek: &Seek) -> Result<Vec<Found>> {
    let (field, value) = wanted.values.first().map_or((None, None), |(f, v)| (Some(f.as_str()), Some(v.as_str())));
    let params = params![
        seek.key,
        seek.id.as_str(),
        seek.limit,
        wanted.service.as_deref(),
        wanted.agency.as_deref(),
        wanted.phase,
        wanted.state.as_deref(),
        wanted.since,
        wanted.until,
        field,
        value
    ];
    let rows = if seek.down {
        tx.rows(
            "SELECT c.id, s.count AS place FROM support_count s JOIN case_file c ON c.id = s.case_id
             WHERE s.dimension = 'total' AND (s.count, s.case_id) < ($1, $2) AND c.publication = 'published'
               AND (CAST($4 AS TEXT) IS NULL OR c.service = $4) AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6) AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND c.filed_at < $9
               AND (CAST($10 AS TEXT) IS NULL OR EXISTS (
                 SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $10 AND w.value = $11))
             ORDER BY s.count DESC, s.case_id DESC LIMIT $3",
            params,
        )
    } else {
        tx.rows(
            "SELECT c.id, s.count AS place FROM support_count s JOIN case_file c ON c.id = s.case_id
             WHERE s.dimension = 'total' AND (s.count, s.case_id) > ($1, $2) AND c.publication = 'published'
               AND (CAST($4 AS TEXT) IS NULL OR c.service = $4) AND (CAST($5 AS TEXT) IS NULL OR c.agency = $5)
               AND (CAST($6 AS TEXT) IS NULL OR c.phase = $6) AND (CAST($7 AS TEXT) IS NULL OR c.state = $7)
               AND c.filed_at >= $8 AND c.filed_at < $9
               AND (CAST($10 AS TEXT) IS NULL OR EXISTS (
                 SELECT 1 FROM case_value w WHERE w.case_id = c.id AND w.field = $10 AND w.value = $11))
             ORDER BY s.count, s.case_id LIMIT $3",
            params,
        )
    };
    rows?.iter().map(found).collect()
}
