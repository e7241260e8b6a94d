use num_bigint::BigInt;

use super::{Decimal, Exact};

#[test]
fn decimals_keep_their_places() {
    for text in ["0", "1", "100.50", "2917710.16", "-3.000001", "1125899906842623"] {
        assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
    }
    assert_eq!("100,5".parse::<Decimal>().unwrap().to_string(), "100.5");
    assert!("1.0".parse::<Decimal>().unwrap().same(Decimal::whole(1)));
    assert_ne!("1.0".parse::<Decimal>().unwrap(), Decimal::whole(1));
}

#[test]
fn what_is_no_decimal() {
    for text in ["", "-", ".", "1.", ".5", "1e3", "1 000", "1.2.3", "0x1", "1.0000001", "1125899906842624", "NaN", "٣"]
    {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
}

#[test]
fn fractions_as_text_and_rounded() {
    let third = Exact::ratio(2, 6);
    assert_eq!(third.to_string(), "1/3");
    assert_eq!(third.rounded(2), "0.33");
    assert_eq!(Exact::ratio(5, 2).rounded(0), "3");
    assert_eq!(Exact::ratio(-5, 1000).rounded(2), "-0.01");
    assert_eq!(Exact::ratio(-1, 1000).rounded(2), "0.00");
    assert_eq!(Exact::from("2.50".parse::<Decimal>().unwrap()).to_string(), "5/2");
    assert_eq!(Exact::ratio(7, 2).floor(), BigInt::from(3));
}
