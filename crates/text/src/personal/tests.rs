use super::find;
#[test]
fn smoke() {
    assert_eq!(find("880101-1234568").len(), 1);
}
