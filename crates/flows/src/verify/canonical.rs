//! The canonical form of a leaf: read in one pass, without a copy, refusing everything that has another spelling.
//!
//! `{"at":1767225600000000,"fields":{…},"kind":"update.published","object":"update:…","v":1}` with the fields in the order
//! of their names, values that are texts, integers or lists of texts, no blanks, and nothing escaped that need not be
//! (RFC 8785); or `{"commitment":"sha256:…","kind":"opaque","v":1}`.

/// A value of a field, as it is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// What stands between the quotes.
    Text(&'a str),
    Number(i64),
    /// What stands between the brackets: texts in quotes, with commas.
    List(&'a str),
}

/// What a leaf says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    Opaque,
    Event { at: i64, kind: &'a str, object: &'a str, fields: Vec<(&'a str, Value<'a>)> },
}

/// What is wrong, and at which byte of the line, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub at: usize,
    pub expected: &'static str,
}

/// The largest integer that every JSON reader keeps exact.
const MAX_NUMBER: u64 = (1 << 53) - 1;

pub(super) const OPAQUE: &str = "opaque";

/// Reads a line.
pub(super) fn read(line: &str) -> Result<Entry<'_>, Fault> {
    let mut scan = Scan { text: line, at: 0 };
    if line.starts_with("{\"commitment\"") {
        scan.expect("{\"commitment\":\"sha256:", "a commitment")?;
        scan.hex(64)?;
        scan.expect("\",\"kind\":\"opaque\",\"v\":1}", "an opaque leaf")?;
        scan.end()?;
        return Ok(Entry::Opaque);
    }
    scan.expect("{\"at\":", "{\"at\":")?;
    let at = scan.number()?;
    scan.expect(",\"fields\":{", "\"fields\"")?;
    let fields = scan.fields()?;
    scan.expect(",\"kind\":", "\"kind\"")?;
    let kind = scan.name()?;
    scan.expect(",\"object\":", "\"object\"")?;
    let object = scan.text()?;
    scan.expect(",\"v\":1}", "\"v\":1")?;
    scan.end()?;
    Ok(Entry::Event { at, kind, object, fields })
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn fault<T>(&self, expected: &'static str) -> Result<T, Fault> {
        Err(Fault { at: self.at + 1, expected })
    }

    fn expect(&mut self, token: &str, expected: &'static str) -> Result<(), Fault> {
        if !self.rest().starts_with(token.as_bytes()) {
            return self.fault(expected);
        }
        self.at += token.len();
        Ok(())
    }

    fn end(&self) -> Result<(), Fault> {
        if self.at == self.text.len() { Ok(()) } else { self.fault("the end of the line") }
    }

    fn hex(&mut self, digits: usize) -> Result<(), Fault> {
        let rest = self.rest();
        if rest.len() < digits || !rest[..digits].iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return self.fault("hexadecimal digits");
        }
        self.at += digits;
        Ok(())
    }

    fn number(&mut self) -> Result<i64, Fault> {
        let begin = self.at;
        let negative = self.rest().first() == Some(&b'-');
        self.at += usize::from(negative);
        let first = self.at;
        let mut number = 0_u64;
        while let Some(digit) = self.rest().first().filter(|byte| byte.is_ascii_digit()) {
            number = number * 10 + u64::from(digit - b'0');
            self.at += 1;
            if number > MAX_NUMBER {
                self.at = begin;
                return self.fault("an integer below 2^53");
            }
        }
        let digits = self.at - first;
        let zero = self.text.as_bytes().get(first) == Some(&b'0');
        if digits == 0 || zero && (digits > 1 || negative) {
            self.at = begin;
            return self.fault("an integer");
        }
        let number = number.cast_signed();
        Ok(if negative { -number } else { number })
    }

    /// A text in quotes, spelled in the only way.
    fn text(&mut self) -> Result<&'a str, Fault> {
        self.expect("\"", "a text")?;
        let begin = self.at;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                None => return self.fault("the end of a text"),
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(byte) if *byte < 0x20 => return self.fault("a control character to be escaped"),
                Some(_) => self.at += 1,
            }
        }
        let text = &self.text[begin..self.at];
        self.at += 1;
        Ok(text)
    }

    fn escape(&mut self) -> Result<(), Fault> {
        match self.rest().get(1) {
            Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let rest = self.rest();
                let digit = |byte: &u8| match byte {
                    b'0'..=b'9' => Some(byte - b'0'),
                    b'a'..=b'f' => Some(byte - b'a' + 10),
                    _ => None,
                };
                let code = match rest.get(2..6) {
                    Some([b'0', b'0', high @ (b'0' | b'1'), low]) => digit(low).map(|low| (high - b'0') * 16 + low),
                    _ => None,
                };
                // Those that have a short escape of their own have only that.
                if !code.is_some_and(|code| !matches!(code, 8 | 9 | 10 | 12 | 13)) {
                    return self.fault("a character that must be escaped");
                }
                self.at += 6;
            }
            _ => return self.fault("an escape"),
        }
        Ok(())
    }

    /// A text of lower-case letters, digits and `.`, `_`, `-`.
    fn name(&mut self) -> Result<&'a str, Fault> {
        let begin = self.at;
        let name = self.text()?;
        let good = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-');
        if name.is_empty() || !name.bytes().all(good) {
            self.at = begin;
            return self.fault("a name");
        }
        Ok(name)
    }

    fn fields(&mut self) -> Result<Vec<(&'a str, Value<'a>)>, Fault> {
        let mut fields: Vec<(&str, Value<'_>)> = Vec::with_capacity(8);
        if self.rest().first() == Some(&b'}') {
            self.at += 1;
            return Ok(fields);
        }
        loop {
            let begin = self.at;
            let name = self.name()?;
            if fields.last().is_some_and(|(before, _)| *before >= name) {
                self.at = begin;
                return self.fault("fields in the order of their names");
            }
            self.expect(":", ":")?;
            let value = match self.rest().first() {
                Some(b'"') => Value::Text(self.text()?),
                Some(b'[') => Value::List(self.list()?),
                _ => Value::Number(self.number()?),
            };
            fields.push((name, value));
            match self.rest().first() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(fields);
                }
                _ => return self.fault(", or }"),
            }
        }
    }

    fn list(&mut self) -> Result<&'a str, Fault> {
        self.expect("[", "a list")?;
        let begin = self.at;
        if self.rest().first() != Some(&b']') {
            loop {
                self.text()?;
                match self.rest().first() {
                    Some(b',') => self.at += 1,
                    Some(b']') => break,
                    _ => return self.fault(", or ]"),
                }
            }
        }
        let list = &self.text[begin..self.at];
        self.at += 1;
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str =
        r#"{"at":1,"fields":{"day":"2026-11-22","files":["a","b"],"no":-3},"kind":"x.done","object":"case:1","v":1}"#;

    #[test]
    fn what_the_kernel_writes_is_read() {
        let Entry::Event { at, kind, object, fields } = read(GOOD).unwrap() else { panic!("an event") };
        assert_eq!((at, kind, object), (1, "x.done", "case:1"));
        assert_eq!(
            fields,
            [("day", Value::Text("2026-11-22")), ("files", Value::List("\"a\",\"b\"")), ("no", Value::Number(-3))]
        );
        let opaque = format!(r#"{{"commitment":"sha256:{}","kind":"opaque","v":1}}"#, "0a".repeat(32));
        assert_eq!(read(&opaque), Ok(Entry::Opaque));
    }

    #[test]
    fn every_other_spelling_is_refused() {
        for bad in [
            "",
            "{}",
            "null",
            r#"{"at":01,"fields":{},"kind":"x","object":"y","v":1}"#,
            r#"{"at":-0,"fields":{},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1.0,"fields":{},"kind":"x","object":"y","v":1}"#,
            r#"{"at":9007199254740992,"fields":{},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1, "fields":{},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{},"kind":"x","object":"y","v":1} "#,
            r#"{"at":1,"fields":{},"kind":"x","object":"y","v":2}"#,
            r#"{"at":1,"fields":{},"kind":"X","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"b":1,"a":1},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"a":1,"a":1},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"a":true},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"a":"\u0041"},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"a":"\u000A"},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"a":"\u000a"},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"a":"\/"},"kind":"x","object":"y","v":1}"#,
            r#"{"at":1,"fields":{"a":["x",]},"kind":"x","object":"y","v":1}"#,
            r#"{"commitment":"sha256:00","kind":"opaque","v":1}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        /// What is accepted is exactly what a canonical writer makes of it: no line has a second spelling.
        #[test]
        fn what_is_accepted_is_written_the_same(line in any::<String>(), cut in 0..GOOD.len(), put in any::<char>()) {
            let _ = read(&line);
            let mut changed = GOOD.to_owned();
            changed.replace_range(cut..=cut, &put.to_string());
            if read(&changed).is_ok() {
                let value: serde_json::Value = serde_json::from_str(&changed).unwrap();
                prop_assert_eq!(serde_json::to_string(&value).unwrap(), changed);
            }
        }
    }
}
