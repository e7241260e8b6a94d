//! Single icon files become one sheet of symbols that take the colour of the text around them.

use std::fmt::Write as _;

/// Turns one SVG file into a `<symbol>`. Ids inside are made unique; fills other than none and white follow the text.
pub fn symbol(name: &str, svg: &str) -> Result<String, String> {
    let open = svg.find("<svg").ok_or_else(|| format!("icon {name}: not an SVG file"))?;
    let head_end = svg[open..].find('>').ok_or_else(|| format!("icon {name}: broken"))? + open;
    let body_end = svg.rfind("</svg>").ok_or_else(|| format!("icon {name}: not closed"))?;
    let view_box = attribute(&svg[open..head_end], "viewBox").unwrap_or("0 0 24 24");
    let body: String = svg[head_end + 1..body_end].split_whitespace().collect::<Vec<_>>().join(" ");
    let body = body.replace("id=\"", &format!("id=\"{name}-")).replace("url(#", &format!("url(#{name}-"));
    let mut text = String::new();
    write!(text, "<symbol id=\"{name}\" viewBox=\"{view_box}\">").map_err(|e| e.to_string())?;
    text.push_str(&recolour(&recolour(&body, "fill"), "stroke"));
    text.push_str("</symbol>\n");
    Ok(text)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[start..].find('"').map(|end| &tag[start..start + end])
}

fn recolour(body: &str, attribute: &str) -> String {
    let mark = format!(" {attribute}=\"");
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(&mark) {
        let value = at + mark.len();
        let end = rest[value..].find('"').map_or(rest.len(), |end| value + end);
        text.push_str(&rest[..value]);
        text.push_str(match &rest[value..end] {
            keep @ ("none" | "white") => keep,
            _ => "currentColor",
        });
        rest = &rest[end..];
    }
    text.push_str(rest);
    text
}
