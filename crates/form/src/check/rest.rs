//! Rules of filing, routing, support, thresholds, templates and of what is public.

use super::{Check, item};
use crate::model::{CasePublicity, FieldKind, Filer, Publicity, Publishes, When};

/// What a template can fill in.
pub const PLACEHOLDERS: [&str; 4] = ["title", "number", "agency", "due"];

impl Check<'_, '_, '_> {
    pub fn rest(&mut self) {
        let filing = &self.def.filing;
        if let (Some(opens), Some(closes)) = (filing.opens, filing.closes)
            && opens > closes
        {
            let (opens, closes) = (opens.to_string(), closes.to_string());
            self.sink.on("filing.closes", "form.period", &[("opens", &opens), ("closes", &closes)]);
        }
        self.routing();
        self.support();
        self.thresholds();
        self.templates();
        self.public();
    }

    fn routing(&mut self) {
        let def = self.def;
        for (index, rule) in def.routing.rules.iter().enumerate() {
            self.filed(&format!("routing.rules[{}].when", index + 1), &rule.when);
        }
        let Some(field) = def.routing.field.as_deref().and_then(|id| def.field(id)) else { return };
        if field.kind != FieldKind::Agency || !def.asks_when_filing(field) {
            self.sink.on("routing.field", "form.routing-field", &[("value", &field.id)]);
        }
    }

    /// Conditions that are looked at when a case is filed.
    fn filed(&mut self, path: &str, whens: &[When]) {
        for when in whens {
            let Some(field) = self.def.field(&when.field) else { continue };
            if !self.def.asks_when_filing(field) {
                self.sink.on_key(&format!("{path}.{}", when.field), "form.when-not-filed", &[("value", &field.id)]);
            }
        }
    }

    fn support(&mut self) {
        let Some(support) = &self.def.support else { return };
        if let Some(index) = support.who.iter().position(|who| *who == Filer::Anonymous) {
            self.sink.on(&item("support.who", index), "form.support-anonymous", &[]);
        }
    }

    fn thresholds(&mut self) {
        let def = self.def;
        let mut before = 0;
        for (index, threshold) in def.thresholds.iter().enumerate() {
            let path = item("threshold", index);
            if def.support.is_none() && !self.has("support") {
                self.sink.on(&path, "form.threshold-without-support", &[("value", &threshold.id)]);
            }
            if threshold.count <= 0 {
                continue;
            }
            if threshold.count <= before {
                let (count, before) = (threshold.count.to_string(), before.to_string());
                let args = [("value", count.as_str()), ("before", before.as_str())];
                self.sink.on(&format!("{path}.count"), "form.threshold-order", &args);
            }
            before = threshold.count;
        }
    }

    fn templates(&mut self) {
        let def = self.def;
        for (index, template) in def.templates.iter().enumerate() {
            for (tag, text) in template.text.iter() {
                for part in text.split('{').skip(1) {
                    let name = part.split('}').next().unwrap_or("");
                    if part.contains('}') && PLACEHOLDERS.contains(&name) {
                        continue;
                    }
                    let known = PLACEHOLDERS.map(|name| format!("{{{name}}}")).join(", ");
                    let args = [("value", format!("{{{name}")), ("known", known)];
                    let args = args.each_ref().map(|(key, value)| (*key, value.as_str()));
                    self.sink.on(&format!("{}.text.{tag}", item("template", index)), "form.placeholder", &args);
                }
            }
        }
    }

    fn public(&mut self) {
        let def = self.def;
        if let Some(title) = def.field(&def.public.title) {
            let asked = title.required && title.when.is_empty() && def.asks_when_filing(title);
            if !matches!(title.kind, FieldKind::Line { .. }) || !asked {
                self.sink.on("public.title", "form.title-field", &[("value", &title.id)]);
            } else if def.public.case != CasePublicity::Never && title.public == Publicity::Never {
                self.sink.on("public.title", "form.title-hidden", &[("value", &title.id)]);
            }
        }
        let published = def.steps.iter().any(|step| step.publishes.contains(&Publishes::Case));
        if def.public.case == CasePublicity::ByStep && !published && !def.steps.is_empty() {
            self.sink.on("public.case", "form.never-published", &[]);
        }
    }
}
