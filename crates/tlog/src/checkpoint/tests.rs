//! What a checkpoint may say.

use super::*;

const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

#[test]
fn the_standards_example_is_read() {
    let checkpoint: Checkpoint = EXAMPLE.parse().unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(checkpoint.text().unwrap(), EXAMPLE);
}

#[test]
fn a_checkpoint_is_read_strictly() {
    let line = |text: &str| match text.parse::<Checkpoint>() {
        Err(Error::Line { line, .. }) => line,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(line(""), 1);
    assert_eq!(line(&EXAMPLE.replace("example.com/behind-the-sofa", "")), 1);
    for size in ["", "020852163", "-1", "+1", "1 ", " 1", "0x1", "１", "9223372036854775808", "99999999999999999999"] {
        assert_eq!(line(&EXAMPLE.replace("20852163", size)), 2, "size `{size}`");
    }
    for size in ["0", "1", "9223372036854775807"] {
        assert!(EXAMPLE.replace("20852163", size).parse::<Checkpoint>().is_ok());
    }
    assert_eq!(line(&EXAMPLE.replace("q2I=", "q2I")), 3);
    assert_eq!(line(EXAMPLE.trim_end()), 3, "every line ends with a newline");
    assert_eq!(line(&format!("{EXAMPLE}\n")), 4, "an extension line is not empty");
    assert_eq!(line(&format!("{EXAMPLE}extension")), 4);
    assert_eq!(line(&format!("{EXAMPLE}exten\tsion\n")), 4);
}

#[test]
fn values_that_would_not_be_read_back_are_not_written() {
    let fits: Checkpoint = EXAMPLE.parse().unwrap();
    for wrong in [
        Checkpoint { origin: String::new(), ..fits.clone() },
        Checkpoint { origin: "two\nlines".to_owned(), ..fits.clone() },
        Checkpoint { size: u64::MAX, ..fits.clone() },
        Checkpoint { extensions: vec![String::new()], ..fits.clone() },
        Checkpoint { extensions: vec!["two\nlines".to_owned()], ..fits },
    ] {
        assert!(matches!(wrong.text(), Err(Error::Value { .. })), "{wrong:?}");
    }
}
