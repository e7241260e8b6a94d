use madang_base::{Error, Id, Kind, LocalizedText, SeededRng, Time};

use crate::{FromValue, Value};

enum Thing {}

#[test]
fn what_goes_in_comes_out() {
    let id: Id<Thing> = Id::new(Time::from_micros(1), &SeededRng::new(b"x"));
    let text = LocalizedText::new("마당", "courtyard");
    assert_eq!(Id::<Thing>::from_value(&id.into()).unwrap(), id);
    assert_eq!(LocalizedText::from_value(&(&text).into()).unwrap(), text);
    assert_eq!(Time::from_value(&Time::from_micros(-5).into()).unwrap(), Time::from_micros(-5));
    assert!(bool::from_value(&true.into()).unwrap());
    assert_eq!(Option::<u32>::from_value(&Value::Null).unwrap(), None);
    assert_eq!(Option::<u32>::from_value(&Some(7u32).into()).unwrap(), Some(7));
}

#[test]
fn another_kind_is_an_error_and_not_a_guess() {
    for error in [
        i64::from_value(&"7".into()).unwrap_err(),
        String::from_value(&7.into()).unwrap_err(),
        bool::from_value(&2.into()).unwrap_err(),
        u32::from_value(&(-1).into()).unwrap_err(),
        i64::from_value(&Value::Null).unwrap_err(),
        Id::<Thing>::from_value(&"not an id".into()).unwrap_err(),
    ] {
        assert_eq!(error.kind(), Kind::Internal);
    }
}

#[test]
fn parameters_keep_their_order_and_may_be_none() {
    let none: Option<String> = None;
    assert_eq!(params![1, "a", none], &[Value::Int(1), Value::Text("a".into()), Value::Null]);
    assert!(params![].is_empty());
}

#[test]
fn what_one_engine_cannot_store_is_refused_for_both() {
    let code = |value: Value| value.storable().map_err(|e: Error| e.code());
    assert_eq!(code("a\0b".into()), Err("db.text-nul"));
    assert_eq!(code(f64::NAN.into()), Err("db.real-nan"));
    assert_eq!(code("ab".into()), Ok(()));
}
