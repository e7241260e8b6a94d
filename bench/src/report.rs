//! What a benchmark prints.

use std::io::{self, Write};

use serde_json::{Value, json};

/// One work: ours, the peer's, and whether the bar holds.
#[derive(Debug)]
pub struct Row {
    pub work: String,
    pub ours: f64,
    pub unit: &'static str,
    pub peer: Option<f64>,
    pub bar: String,
    pub holds: bool,
    /// The ratio says how often ours fits into the peer's, not the other way round.
    pub times: bool,
}

impl Row {
    /// More is better: ours must be at least `bar` times the peer's.
    pub fn at_least(work: &str, ours: f64, unit: &'static str, peer: f64, bar: f64) -> Self {
        let holds = ours >= bar * peer;
        Self {
            work: work.to_owned(),
            ours,
            unit,
            peer: Some(peer),
            bar: format!(">= {bar} x peer"),
            holds,
            times: false,
        }
    }

    /// More is better: ours must be at least `bar`; there is no peer.
    pub fn floor(work: &str, ours: f64, unit: &'static str, bar: f64) -> Self {
        Self {
            work: work.to_owned(),
            ours,
            unit,
            peer: None,
            bar: format!(">= {bar} {unit}"),
            holds: ours >= bar,
            times: false,
        }
    }

    /// Less is better: the peer's must be at least `bar` times ours.
    pub fn faster(work: &str, ours: f64, unit: &'static str, peer: f64, bar: f64) -> Self {
        let holds = peer >= bar * ours;
        Self {
            work: work.to_owned(),
            ours,
            unit,
            peer: Some(peer),
            bar: format!("peer >= {bar} x ours"),
            holds,
            times: true,
        }
    }

    /// Less is better: ours must be below `bar`.
    pub fn below(work: &str, ours: f64, unit: &'static str, peer: Option<f64>, bar: f64) -> Self {
        Self {
            work: work.to_owned(),
            ours,
            unit,
            peer,
            bar: format!("< {bar} {unit}"),
            holds: ours < bar,
            times: false,
        }
    }

    /// There must be none.
    pub fn none(work: &str, ours: u64, unit: &'static str) -> Self {
        let count = f64::from(u32::try_from(ours).unwrap_or(u32::MAX));
        Self { work: work.to_owned(), ours: count, unit, peer: None, bar: "0".into(), holds: ours == 0, times: false }
    }

    fn ratio(&self) -> Option<f64> {
        let (above, below) = if self.times { (self.peer?, self.ours) } else { (self.ours, self.peer?) };
        (below > 0.0).then(|| above / below)
    }
}

#[derive(Debug)]
pub struct Report {
    pub rows: Vec<Row>,
}

impl Report {
    pub fn json(&self) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                json!({
                    "work": row.work, "ours": row.ours, "unit": row.unit, "peer": row.peer,
                    "ratio": row.ratio(), "bar": row.bar, "holds": row.holds,
                })
            })
            .collect();
        json!({ "machine": machine(), "rows": rows })
    }

    pub fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "| work | ours | unit | peer | ratio | bar | holds |\n|---|---:|---|---:|---:|---|---|")?;
        for row in &self.rows {
            let number = |value: Option<f64>, digits: usize| value.map_or("-".into(), |v| format!("{v:.digits$}"));
            let digits = match row.ours {
                share if row.unit.is_empty() && share <= 1.0 => 3,
                ours if ours < 100.0 && ours.fract() != 0.0 => 1,
                _ => 0,
            };
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} |",
                row.work,
                number(Some(row.ours), digits),
                row.unit,
                number(row.peer, digits),
                number(row.ratio(), 2),
                row.bar,
                if row.holds { "yes" } else { "NO" }
            )?;
        }
        Ok(())
    }
}

/// What it ran on, from the kernel.
fn machine() -> Value {
    let line = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    json!({
        "cpu": line("/proc/cpuinfo", "model name"),
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "memory": line("/proc/meminfo", "MemTotal"),
        "kernel": std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim(),
    })
}

/// The middle of an odd number of measurements.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
