use madang_base::SeededRng;
use madang_db::testing::TestDb;

use super::*;

#[tokio::test]
async fn a_database_knows_its_keys() {
    for db in TestDb::both() {
        let (own, other) = (Keys::generate(&SeededRng::new(b"own")), Keys::generate(&SeededRng::new(b"other")));
        assert!(!db.read(known).await.unwrap());
        for _ in 0..2 {
            let own = own.clone();
            db.write(move |tx| check(tx, &own)).await.unwrap();
        }
        assert!(db.read(known).await.unwrap());
        let error = db.write(move |tx| check(tx, &other)).await.unwrap_err();
        assert_eq!(error.code(), "keys.other");
    }
}

#[test]
fn the_fingerprint_depends_on_every_key() {
    let keys = Keys::generate(&SeededRng::new(b"own"));
    let first = fingerprint(&keys);
    for change in [
        |keys: &mut Keys| keys.person[0] ^= 1,
        |keys: &mut Keys| keys.master[9] ^= 1,
        |keys: &mut Keys| keys.session[31] ^= 1,
    ] {
        let mut changed = keys.clone();
        change(&mut changed);
        assert_ne!(fingerprint(&changed), first);
    }
    assert_eq!(first.len(), 64);
}
