//! Any text, its first line as a query, the rest as what is searched.

#![no_main]

use madang_text::analyze::Stream;
use madang_text::{keyboard, mark, query};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (asked, body) = text.split_once('\n').unwrap_or((text, text));
    let parsed = query::parse(asked);
    for range in mark::marks(&parsed, body) {
        assert!(body.get(range).is_some());
    }
    if let Some(snippet) = mark::snippet(&parsed, body, 40) {
        assert!(snippet.marks.iter().all(|range| snippet.text.get(range.clone()).is_some()));
    }
    for stream in [Stream::Word, Stream::Pair, Stream::Initial, Stream::Typed] {
        let mut last = 0;
        stream.tokens(body, |token| {
            assert!(body.get(token.from..token.to).is_some() && token.position >= last);
            last = token.position;
        });
    }
    let _ = keyboard::to_hangul(asked);
    let _ = keyboard::to_latin(asked);
});
