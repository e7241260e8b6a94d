//! What stays of the table of checkpoints.

use super::*;

/// 2026-03-01T00:00 in Korea.
const MIDNIGHT: i64 = 1_772_290_800_000_000;
const HOUR: i64 = 3_600_000_000;

#[tokio::test]
async fn one_a_day_stays_for_ever_and_one_that_witnesses_signed() {
    for db in TestDb::both() {
        let root = "0".repeat(64);
        for hour in 0..120 {
            let (size, at) = (hour + 1, MIDNIGHT + hour * HOUR);
            db.batch(&format!(
                "INSERT INTO log_checkpoint (size, root, signed_at, note) VALUES ({size}, '{root}', {at}, '');"
            ));
        }
        for size in [3, 10, 30, 119] {
            db.batch(&format!("INSERT INTO log_cosignature (size, witness, at, line) VALUES ({size}, 'w', 1, 'x');"));
        }
        let now = Time::from_micros(MIDNIGHT + 119 * HOUR);
        assert_eq!(thin(&db, now).await.unwrap(), 71 - 4);
        assert_eq!(thin(&db, now).await.unwrap(), 0);
        let sizes = db.query("SELECT size FROM log_checkpoint ORDER BY size", &[]).unwrap();
        let sizes: Vec<i64> = sizes.iter().map(|row| row.at(0).unwrap()).collect();
        let expected: Vec<i64> = [10, 24, 30, 48].into_iter().chain(72..=120).collect();
        assert_eq!(sizes, expected);
        let cosigned = db.query("SELECT size FROM log_cosignature ORDER BY size", &[]).unwrap();
        let cosigned: Vec<i64> = cosigned.iter().map(|row| row.at(0).unwrap()).collect();
        assert_eq!(cosigned, [10, 30, 119]);
    }
}
