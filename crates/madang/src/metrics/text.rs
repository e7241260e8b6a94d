//! The text format of Prometheus (version 0.0.4).

use std::fmt::{Display, Write as _};

/// A page of figures that is being written.
#[derive(Debug, Default)]
pub(crate) struct Page(String);

impl Page {
    pub(crate) const MEDIA_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// Begins the samples of one name.
    pub(crate) fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    pub(crate) fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (at, (label, text)) in labels.iter().enumerate() {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.0, "{}{label}=\"{text}\"", if at == 0 { '{' } else { ',' });
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        let _ = writeln!(self.0, " {value}");
    }

    /// A sample in seconds from microseconds, without a detour over floating point.
    pub(crate) fn seconds(&mut self, name: &str, labels: &[(&str, &str)], micros: u64) {
        self.sample(name, labels, format_args!("{}.{:06}", micros / 1_000_000, micros % 1_000_000));
    }

    /// A name with one sample and no labels.
    pub(crate) fn one(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.family(name, kind, help);
        self.sample(name, &[], value);
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}
