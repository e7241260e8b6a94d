//! `madang opinion`: an opinion map from the files of an export, with what can be said of it and how far it can be trusted.
//!
//! Needs no site and no configuration. Reads files, writes text, JSON and pictures; everything else is in `madang-opinion`.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use madang_base::{Error, Locale};
use madang_opinion::explain::draw::{Width, drawings};
use madang_opinion::explain::{Comparison, Report, document, json};
use madang_opinion::read::{self, Agree, Comments, Export, Participants, Problems, VoteTable};
use madang_opinion::{Previous, Settings, Trials, assess, map};
use madang_web::i18n::{self, Arg, Catalogue};

use crate::cli::{AgreeIs, Opinion};
use crate::exit::{Exit, Failure, Outcome};
use crate::terminal;

/// Names of the file with people, by the age of the export.
const PEOPLE: [&str; 2] = ["participants-votes.csv", "participant-votes.csv"];

pub(crate) fn run(order: &Opinion, locale: Locale) -> Outcome {
    let catalogue =
        i18n::catalogue(None).map_err(|error| Failure::new(Exit::Failed, "the messages cannot be read").why(error))?;
    let files = Files { catalogue: &catalogue, locale, agree: agree(order.agree) };
    let read = files.read(order)?;
    let conversation = read.export.conversation();
    let mut settings = Settings::default();
    let fixed = order.groups.map(usize::from);
    // A map that keeps the number of groups of the one before it.
    let previous = fixed.map(|groups| Previous { groups, asked: groups, ..Previous::default() });
    if fixed.is_some() {
        settings.maps_to_change = u32::MAX;
    }
    let made = map(&conversation, &settings, previous.as_ref());
    let trials = Trials { seed: order.seed, ..Trials::default() };
    let assessment = assess(&conversation, &made, &settings, trials);
    let report = Report {
        export: &read.export,
        map: &made,
        assessment: &assessment,
        settings: &settings,
        trials,
        fixed,
        comparison: read.published.as_ref().map(|published| Comparison::new(&read.export, &made, published)),
        top: usize::from(order.top),
    };
    if let Some(folder) = &order.svg {
        pictures(folder, &report, &catalogue, locale)?;
    }
    if order.json {
        terminal::line(format_args!("{:#}", json(&report)));
    } else {
        terminal::line(document(&report, &catalogue, locale).plain().trim_end());
    }
    if let Some(groups) = fixed.filter(|groups| *groups != made.groups.len()) {
        let args = [("wanted", number(groups)), ("groups", number(made.groups.len()))];
        terminal::note(catalogue.text(locale, "opinion-groups-impossible", &args));
    }
    Ok(())
}

fn agree(is: AgreeIs) -> Agree {
    match is {
        AgreeIs::PlusOne => Agree::PlusOne,
        AgreeIs::MinusOne => Agree::MinusOne,
    }
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What was read.
struct Found {
    export: Export,
    published: Option<Participants>,
}

struct Files<'a> {
    catalogue: &'a Catalogue,
    locale: Locale,
    agree: Agree,
}

impl Files<'_> {
    fn read(&self, order: &Opinion) -> Outcome<Found> {
        let folder = order.votes.is_dir().then_some(order.votes.as_path());
        let beside = |name: &str| folder.map(|folder| folder.join(name)).filter(|path| path.is_file());
        let people = PEOPLE.iter().find_map(|name| beside(name));
        let (votes, published) = self.votes(order, folder, people.as_deref())?;
        let comments = match order.comments.clone().or_else(|| beside("comments.csv")) {
            Some(path) => Some(self.file(&path, read::comments)?),
            None => None,
        };
        let topic = match beside("summary.csv") {
            Some(path) => self.file(&path, read::topic)?,
            None => None,
        };
        let comments: Option<&Comments> = comments.as_ref();
        let export = Export::new(votes, comments, topic).map_err(|error| self.refused(&order.votes, &error))?;
        Ok(Found { export, published: published.filter(|published| !published.groups().is_empty()) })
    }

    /// The votes, and the published groups: those asked for, or those beside the votes.
    fn votes(
        &self,
        order: &Opinion,
        folder: Option<&Path>,
        people: Option<&Path>,
    ) -> Outcome<(VoteTable, Option<Participants>)> {
        let agree = self.agree;
        let participants = |path: &Path| self.file(path, |file| read::participants(file, agree));
        let asked = order.compare.as_deref().map(participants).transpose()?;
        let path = match folder {
            None => order.votes.clone(),
            Some(folder) => {
                let votes = folder.join("votes.csv");
                match people {
                    Some(people) if !votes.is_file() => people.to_owned(),
                    None if !votes.is_file() => {
                        return Err(self.refused(folder, &Error::invalid("opinion.folder-empty")));
                    }
                    _ => votes,
                }
            }
        };
        if self.is_people(&path)? {
            let mut found = participants(&path)?;
            let votes = found.votes.take();
            let votes = votes.ok_or_else(|| self.refused(&path, &Error::invalid("opinion.no-votes-column")))?;
            return Ok((votes, asked.or(Some(found))));
        }
        let votes = self.file(&path, |file| read::votes(file, agree))?;
        let published = match (asked, people) {
            (None, Some(people)) => Some(participants(people)?),
            (asked, _) => asked,
        };
        Ok((votes, published))
    }

    /// Reads a file, or says all that is wrong with it.
    fn file<T>(&self, path: &Path, reader: impl FnOnce(File) -> Result<T, Problems>) -> Outcome<T> {
        reader(self.open(path)?).map_err(|problems| self.faults(path, &problems))
    }

    fn faults(&self, path: &Path, problems: &Problems) -> Failure {
        let name = path.display();
        for problem in problems.iter() {
            let mut message = self.catalogue.error(self.locale, &problem.error);
            if let Some(field) = problem.column {
                let args =
                    [("field", number(usize::try_from(field).unwrap_or(usize::MAX))), ("message", message.into())];
                message = self.catalogue.text(self.locale, "opinion-problem-field", &args);
            }
            match problem.line {
                Some(line) => terminal::note(format_args!("{name}:{line}: {message}")),
                None => terminal::note(format_args!("{name}: {message}")),
            }
        }
        if problems.more() > 0 {
            let more = number(usize::try_from(problems.more()).unwrap_or(usize::MAX));
            terminal::note(self.catalogue.text(self.locale, "opinion-problem-more", &[("count", more)]));
        }
        let count = number(usize::try_from(problems.len()).unwrap_or(usize::MAX));
        let args = [("count", count), ("file", name.to_string().into())];
        Failure::new(Exit::Data, self.catalogue.text(self.locale, "opinion-problem-all", &args))
    }

    fn refused(&self, path: &Path, error: &Error) -> Failure {
        Failure::new(Exit::Data, self.catalogue.error(self.locale, error)).at(path.display())
    }

    fn unread(&self, path: &Path, cause: impl fmt::Display) -> Failure {
        Failure::new(Exit::Files, self.catalogue.text(self.locale, "opinion-unread", &[])).at(path.display()).why(cause)
    }

    fn open(&self, path: &Path) -> Outcome<File> {
        let file = File::open(path).map_err(|error| self.unread(path, error))?;
        if file.metadata().is_ok_and(|about| about.is_dir()) {
            return Err(self.unread(path, self.catalogue.text(self.locale, "opinion-folder", &[])));
        }
        Ok(file)
    }

    /// Whether the file has a row for each person rather than one for each vote.
    fn is_people(&self, path: &Path) -> Outcome<bool> {
        let mut start = Vec::new();
        let read = self.open(path)?.take(1 << 16).read_to_end(&mut start);
        read.map_err(|error| self.unread(path, error))?;
        Ok(read::is_people(&start))
    }
}

/// Writes all pictures, wide ones and narrow ones.
fn pictures(folder: &Path, report: &Report<'_>, catalogue: &Catalogue, locale: Locale) -> Outcome {
    let failed = |path: &Path, error: io::Error| {
        Failure::new(Exit::Files, catalogue.text(locale, "opinion-unwritten", &[])).at(path.display()).why(error)
    };
    let mut written = 0;
    for (place, width) in [(folder.to_owned(), Width::Wide), (folder.join("narrow"), Width::Narrow)] {
        fs::create_dir_all(&place).map_err(|error| failed(&place, error))?;
        for drawing in drawings(report, catalogue, locale, width) {
            let path: PathBuf = place.join(format!("{}.svg", drawing.name));
            fs::write(&path, drawing.svg).map_err(|error| failed(&path, error))?;
            written += 1;
        }
    }
    let args = [("count", number(written)), ("folder", folder.display().to_string().into())];
    terminal::note(catalogue.text(locale, "opinion-pictures-written", &args));
    Ok(())
}
